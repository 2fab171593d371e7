// SPDX-License-Identifier: Apache-2.0
import { parseJsonObject, textOf } from '../base/json.js';
import { type Net, send } from '../issuer/calls.js';
import { formPost } from '../issuer/form.js';
import type { Holder } from '../issuer/holder.js';
import { audienceObjection } from '../issuer/id-token-audience.js';
import { RECEIPT_PATIENCE } from '../issuer/patience.js';
import { parseRefusal } from '../issuer/refusal.js';
import { notAnIssuer } from '../issuer/reply.js';
import type { Secret } from '../issuer/secret.js';

/** Who asks: the holder of the token, or its run. */
export type AskedBy =
  | { readonly kind: 'holder'; readonly token: Secret; readonly holder: Holder }
  | { readonly kind: 'run'; readonly idToken: Secret };

export type ReceiptRequest = {
  readonly issuer: string;
  /** What an ID token may be for beside the issuer's URL. */
  readonly audience?: string;
  /** Of the token whose receipt it is to be. */
  readonly handle: string;
  readonly by: AskedBy;
};

/** The envelope as it came, which nobody has verified; no secret. `why` is one printable sentence. */
export type UnverifiedAnswer =
  | { readonly kind: 'received'; readonly envelope: string }
  | { readonly kind: 'none'; readonly why: string };

/** A hundred uses of the longest targets stay below it. */
const MAX_BYTES = 256 * 1024;

/** What the issuer knows of a token. An ID token for somebody else is not sent. */
export async function askForReceipt(
  net: Net,
  asking: ReceiptRequest,
  signal: AbortSignal,
): Promise<UnverifiedAnswer> {
  const objection = objectionTo(asking);
  if (objection !== undefined) {
    return { kind: 'none', why: objection };
  }
  const parameters = toParameters(asking);
  const request = { ...formPost(asking.issuer, '/receipt', parameters), maxAnswerBytes: MAX_BYTES };
  const reply = await send(net, { request, patience: RECEIPT_PATIENCE, signal });
  if (reply.kind === 'none') {
    return { kind: 'none', why: reply.outage.sentence };
  }
  const body = parseJsonObject(reply.body);
  if (reply.status === 200 && body !== undefined && textOf(body, 'payload') !== undefined) {
    return { kind: 'received', envelope: reply.body };
  }
  const refusal = parseRefusal(body, parameters['token'] ?? parameters['subject_token'] ?? '');
  const why = refusal ? `refused: ${refusal.code}` : notAnIssuer(reply, 'without a receipt').sentence;
  return { kind: 'none', why };
}

function objectionTo({ issuer, audience, by }: ReceiptRequest): string | undefined {
  const named = audience === undefined ? [] : [audience];
  return by.kind === 'holder' ? undefined : audienceObjection(by.idToken, { issuer, named });
}

function toParameters({ by, handle }: ReceiptRequest): Record<string, string> {
  switch (by.kind) {
    case 'holder':
      return { token: by.token.reveal(), holder_verifier: by.holder.verifier.reveal() };
    case 'run':
      return { subject_token: by.idToken.reveal(), handle };
  }
}

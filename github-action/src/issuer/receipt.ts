// SPDX-License-Identifier: Apache-2.0
import { parseJsonObject, textOf } from '../base/json.js';
import { type Net, send } from './calls.js';
import { formPost } from './form.js';
import type { Holder } from './holder.js';
import { audienceObjection } from './id-token-audience.js';
import { RECEIPT_PATIENCE } from './patience.js';
import { parseRefusal } from './refusal.js';
import { notAnIssuer } from './reply.js';
import type { Secret } from './secret.js';

/** Who asks: the holder of the token, or its run. */
export type AskedBy =
  | { readonly kind: 'token'; readonly token: Secret; readonly holder: Holder }
  | { readonly kind: 'handle'; readonly handle: string; readonly idToken: Secret };

export type ReceiptRequest = {
  readonly issuer: string;
  /** What an ID token may be for beside the issuer's URL. */
  readonly audience?: string;
  readonly by: AskedBy;
};

/** The envelope as it came, which nobody has verified; no secret. `why` is one printable sentence. */
export type ReceiptAnswer =
  | { readonly kind: 'received'; readonly envelope: string }
  | { readonly kind: 'none'; readonly why: string };

/** A hundred uses of the longest targets stay below it. */
const MAX_BYTES = 256 * 1024;

/** What the issuer knows of a token, signed. An ID token for somebody else is not sent. */
export async function askForReceipt(
  net: Net,
  asking: ReceiptRequest,
  signal: AbortSignal,
): Promise<ReceiptAnswer> {
  const objection = objectionTo(asking);
  if (objection !== undefined) {
    return { kind: 'none', why: objection };
  }
  const parameters = toParameters(asking.by);
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
  return by.kind === 'token' ? undefined : audienceObjection(by.idToken, { issuer, named });
}

function toParameters(by: AskedBy): Record<string, string> {
  switch (by.kind) {
    case 'token':
      return { token: by.token.reveal(), holder_verifier: by.holder.verifier.reveal() };
    case 'handle':
      return { subject_token: by.idToken.reveal(), handle: by.handle };
  }
}

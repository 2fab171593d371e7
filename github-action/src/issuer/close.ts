// SPDX-License-Identifier: Apache-2.0
import { parseJsonObject } from '../base/json.js';
import { type Net, send } from './calls.js';
import { formPost } from './form.js';
import { audienceObjection } from './id-token-audience.js';
import type { Patience } from './patience.js';
import { parseRefusal } from './refusal.js';
import { notAnIssuer, type Reply } from './reply.js';
import type { Secret } from './secret.js';

/** What to close: the token in hand, one of the calling run by its handle, or every token of the calling job. */
export type ToClose =
  | { readonly kind: 'token'; readonly token: Secret }
  | { readonly kind: 'handle'; readonly handle: string; readonly idToken: Secret }
  | { readonly kind: 'job'; readonly idToken: Secret };

/** `why` is one printable sentence without a secret. */
export type CloseAnswer = { readonly kind: 'closed' } | { readonly kind: 'failed'; readonly why: string };

export type Closing = {
  readonly issuer: string;
  /** What an ID token may be for beside the issuer's URL. */
  readonly audience?: string;
  readonly what: ToClose;
  readonly patience: Patience;
};

/** A revocation (RFC 7009 section 2): acknowledged also for what had already ended. An ID token for somebody else is not sent. */
export async function close(net: Net, closing: Closing, signal: AbortSignal): Promise<CloseAnswer> {
  const objection = objectionTo(closing);
  if (objection !== undefined) {
    return { kind: 'failed', why: objection };
  }
  const parameters = toParameters(closing.what);
  const request = formPost(closing.issuer, '/revoke', parameters);
  const reply = await send(net, { request, patience: closing.patience, signal });
  return reply.kind === 'none'
    ? { kind: 'failed', why: reply.outage.sentence }
    : parseCloseAnswer(reply, parameters['token'] ?? parameters['subject_token'] ?? '');
}

function objectionTo({ issuer, audience, what }: Closing): string | undefined {
  const named = audience === undefined ? [] : [audience];
  return what.kind === 'token' ? undefined : audienceObjection(what.idToken, { issuer, named });
}

function toParameters(what: ToClose): Record<string, string> {
  switch (what.kind) {
    case 'token':
      return { token: what.token.reveal() };
    case 'handle':
      return { subject_token: what.idToken.reveal(), handle: what.handle };
    case 'job':
      return { subject_token: what.idToken.reveal(), handle: '*' };
  }
}

function parseCloseAnswer(received: Extract<Reply, { kind: 'received' }>, secret: string): CloseAnswer {
  const body = parseJsonObject(received.body);
  // A 200 with a page of HTML is some portal's log-in form: nobody closed anything.
  if (received.status === 200 && (received.body === '' || body !== undefined)) {
    return { kind: 'closed' };
  }
  const refusal = parseRefusal(body, secret);
  return {
    kind: 'failed',
    why: refusal ? `refused: ${refusal.code}` : notAnIssuer(received, 'without an OAuth answer').sentence,
  };
}

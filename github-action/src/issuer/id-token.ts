// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, parseJsonObject, textOf } from '../base/json.js';
import { type Net, send } from './calls.js';
import { DEFAULT_PATIENCE, type Patience } from './patience.js';
import type { Reply } from './reply.js';
import { parseSecret, type Secret } from './secret.js';

/** The runner's offer to sign who this job is. Present only where the job has the permission `id-token: write`. */
export type IdTokenSource = { readonly url: URL; readonly requestToken: Secret };

/** `why` is printable and without a secret. */
export type IdTokenAnswer =
  | { readonly kind: 'signed'; readonly idToken: Secret }
  | { readonly kind: 'failed'; readonly why: string };

export type IdTokenRequest = {
  readonly source: IdTokenSource;
  readonly audience: string;
  readonly patience?: Patience;
};

/** A fresh ID token for the audience. */
export async function askForIdToken(
  net: Net,
  request: IdTokenRequest,
  signal: AbortSignal,
): Promise<IdTokenAnswer> {
  const { source, audience, patience = DEFAULT_PATIENCE } = request;
  const url = new URL(source.url);
  url.searchParams.set('audience', audience);
  const headers = { authorization: `Bearer ${source.requestToken.reveal()}`, accept: 'application/json' };
  const reply = await send(net, { request: { method: 'GET', url, headers, body: '' }, patience, signal });
  return parseIdTokenAnswer(reply);
}

function parseIdTokenAnswer(reply: Reply): IdTokenAnswer {
  if (reply.kind === 'none') {
    return { kind: 'failed', why: reply.outage.sentence.replace('the issuer', "the runner's endpoint") };
  }
  const body = parseJsonObject(reply.body);
  const idToken = parseSecret('ID token', (body && textOf(body, 'value')) ?? '');
  return reply.status === 200 && idToken
    ? { kind: 'signed', idToken }
    : { kind: 'failed', why: `the runner's endpoint answered ${reply.status} without an ID token` };
}

/** The claims of the caller's own ID token, read without any check; undefined if it is not a readable JWT. */
export function unverifiedClaims(idToken: Secret): JsonObject | undefined {
  const parts = idToken.reveal().split('.');
  return parts.length === 3
    ? parseJsonObject(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))
    : undefined;
}

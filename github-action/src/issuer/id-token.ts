// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, parseJsonObject, textOf, textsOf } from '../base/json.js';
import { type Net, send } from './calls.js';
import { isNotFinal } from './outcome.js';
import { DEFAULT_PATIENCE, type Patience } from './patience.js';
import type { Reply } from './reply.js';
import { parseSecret, type Secret } from './secret.js';

/** The runner's offer to sign who this job is. Present only where the job has the permission `id-token: write`. */
export type RunnerEndpoint = { readonly url: URL; readonly requestToken: Secret };

/** `why` is printable and without a secret. */
export type IdTokenAnswer =
  | { readonly kind: 'signed'; readonly idToken: Secret }
  | { readonly kind: 'failed'; readonly why: string };

export type IdTokenRequest = {
  readonly endpoint: RunnerEndpoint;
  readonly audience: string;
  readonly patience?: Patience;
};

/** A fresh ID token for the audience. Asking changes nothing there, so that anything else is asked for again. */
export async function askForIdToken(
  net: Net,
  request: IdTokenRequest,
  signal: AbortSignal,
): Promise<IdTokenAnswer> {
  const { endpoint, audience, patience = DEFAULT_PATIENCE } = request;
  const url = new URL(endpoint.url);
  url.searchParams.set('audience', audience);
  const headers = { authorization: `Bearer ${endpoint.requestToken.reveal()}`, accept: 'application/json' };
  const reply = await send(net, {
    request: { method: 'GET', url, headers, body: '' },
    patience,
    signal,
    again: (outcome) => isNotFinal(outcome) && !(outcome.kind === 'answer' && idTokenIn(outcome)),
  });
  return parseIdTokenAnswer(reply);
}

function parseIdTokenAnswer(reply: Reply): IdTokenAnswer {
  if (reply.kind === 'none') {
    return { kind: 'failed', why: reply.outage.sentence.replace('the issuer', "the runner's endpoint") };
  }
  const idToken = idTokenIn(reply);
  return idToken
    ? { kind: 'signed', idToken }
    : { kind: 'failed', why: `the runner's endpoint answered ${reply.status} without an ID token` };
}

function idTokenIn(answer: { readonly status: number; readonly body: string }): Secret | undefined {
  const body = parseJsonObject(answer.body);
  return answer.status === 200 ? parseSecret('ID token', (body && textOf(body, 'value')) ?? '') : undefined;
}

/** The claims of the caller's own ID token, read without any check; undefined if it is not a readable JWT. */
export function unverifiedClaims(idToken: Secret): JsonObject | undefined {
  const parts = idToken.reveal().split('.');
  return parts.length === 3
    ? parseJsonObject(Buffer.from(parts[1] ?? '', 'base64url').toString('utf8'))
    : undefined;
}

/** For whom an ID token says it is, read without any check; empty if it does not say, or is no readable JWT. */
export function audiencesOf(idToken: Secret): readonly string[] {
  const claims = unverifiedClaims(idToken) ?? {};
  const single = textOf(claims, 'aud');
  return single === undefined ? (textsOf(claims, 'aud') ?? []) : [single];
}

// SPDX-License-Identifier: Apache-2.0

/** Names in small letters, each with its value, or with all of them. */
export type Headers = Record<string, string | string[]>;

/** Of one connection, not of a message that is passed on (RFC 9110 section 7.6.1). */
const HOP_BY_HOP: readonly string[] = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authentication-info',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
];
/** What we write ourselves, or what tells the service our address. */
const OURS: readonly string[] = ['host', 'authorization', 'dpop', 'accept-encoding', 'expect', 'referer'];
/** Of the key, which the command does not have. */
const OF_PROOFS: readonly string[] = ['dpop-nonce'];

/** What of a request is passed on, beside the token. A body that came in pieces is sent in pieces. */
export function requestHeaders(raw: readonly string[]): Headers {
  const headers = kept(raw, OURS);
  const inPieces = pairs(raw).some(([name]) => name.toLowerCase() === 'transfer-encoding');
  // No coding, in which the token could come back unseen.
  return {
    ...headers,
    'accept-encoding': 'identity',
    ...(inPieces && { 'transfer-encoding': 'chunked' }),
  };
}

/** What of an answer is passed on: nothing that repeats the token, in one of these forms. */
export function answerHeaders(raw: readonly string[], forms: readonly string[]): Headers {
  const clean = pairs(raw).filter(([, value]) => !forms.some((form) => value.includes(form)));
  return kept(clean.flat(), OF_PROOFS);
}

function kept(raw: readonly string[], without: readonly string[]): Headers {
  const all = pairs(raw);
  const named = all
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(','))
    .map((name) => name.trim().toLowerCase());
  const headers: Headers = {};
  for (const [name, value] of all) {
    const key = name.toLowerCase();
    if (!HOP_BY_HOP.includes(key) && !named.includes(key) && !without.includes(key)) {
      const before = headers[key];
      headers[key] = before === undefined ? value : [before, value].flat();
    }
  }
  return headers;
}

function pairs(raw: readonly string[]): readonly (readonly [string, string])[] {
  return raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ''] as const] : []));
}

// SPDX-License-Identifier: Apache-2.0
import { type Net, send } from '../issuer/calls.js';
import { KEYS_PATIENCE } from '../issuer/patience.js';
import { notAnIssuer } from '../issuer/reply.js';
import { type KeySet, parseKeySet } from './key-set.js';

/** The keys that sign, at least one; or one printable sentence on why there are none. */
export type KeysAnswer =
  | { readonly kind: 'published'; readonly keys: KeySet }
  | { readonly kind: 'none'; readonly why: string };

/** What the issuer sends, and the media type of a key set (RFC 7517 section 8.5), which a gateway may insist on. */
const ACCEPT = 'application/jwk-set+json, application/json';

/** The keys that the issuer publishes now. */
export async function askForKeys(net: Net, issuer: string, signal: AbortSignal): Promise<KeysAnswer> {
  const url = new URL(`${issuer}/.well-known/jwks.json`);
  const request = { method: 'GET', url, headers: { accept: ACCEPT }, body: '' } as const;
  const reply = await send(net, { request, patience: KEYS_PATIENCE, signal });
  if (reply.kind === 'none') {
    return { kind: 'none', why: reply.outage.sentence };
  }
  const keys = parseKeySet(reply.body);
  return reply.status === 200 && keys.size > 0
    ? { kind: 'published', keys }
    : { kind: 'none', why: notAnIssuer(reply, 'without usable keys').sentence };
}

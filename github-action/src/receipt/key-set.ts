// SPDX-License-Identifier: Apache-2.0
import { createPublicKey, type KeyObject } from 'node:crypto';
import { type JsonObject, objectsOf, parseJsonObject, textOf } from '../base/json.js';

/** Public keys on P-256 by their `kid`. */
export type KeySet = ReadonlyMap<string, KeyObject>;

/** Reads a JWK Set (RFC 7517 section 5): P-256 keys for ES256 signatures with a kid, the rest passed over. */
export function parseKeySet(text: string): KeySet {
  const keys = objectsOf(parseJsonObject(text) ?? {}, 'keys') ?? [];
  return new Map(keys.flatMap(usableKey));
}

function usableKey(jwk: JsonObject): readonly (readonly [string, KeyObject])[] {
  const kid = textOf(jwk, 'kid');
  const isOnP256 = jwk['kty'] === 'EC' && jwk['crv'] === 'P-256';
  const isForSignatures = isAbsentOr(jwk, 'use', 'sig') && isAbsentOr(jwk, 'alg', 'ES256');
  if (kid === undefined || !isOnP256 || !isForSignatures || Object.hasOwn(jwk, 'd')) {
    return [];
  }
  const key = publicKey(textOf(jwk, 'x') ?? '', textOf(jwk, 'y') ?? '');
  return key === undefined ? [] : [[kid, key]];
}

function isAbsentOr(jwk: JsonObject, name: string, value: string): boolean {
  return !Object.hasOwn(jwk, name) || jwk[name] === value;
}

/** Undefined for anything but a point on the curve. */
function publicKey(x: string, y: string): KeyObject | undefined {
  try {
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  } catch {
    return undefined;
  }
}

// SPDX-License-Identifier: Apache-2.0
import { createHash, randomBytes } from 'node:crypto';
import { parseSecret, type Secret } from './secret.js';

/** Who asks for a token, and so may renew it. The command that uses the token never sees the verifier. */
export type Holder = {
  readonly verifier: Secret;
  /** Base64url of its SHA-256 (RFC 7636 section 4.2, method S256); no secret. */
  readonly challenge: string;
};

/** A new one for each token, of 32 random bytes (RFC 7636 section 4.1). */
export function newHolder(): Holder {
  return holderOf(randomBytes(32).toString('base64url'));
}

export function holderOf(text: string): Holder {
  const verifier = parseSecret('holder verifier', text);
  if (verifier === undefined) {
    throw new Error('no verifier');
  }
  return { verifier, challenge: createHash('sha256').update(text, 'ascii').digest('base64url') };
}

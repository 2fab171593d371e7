// SPDX-License-Identifier: Apache-2.0
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Secret } from './secret.js';

/** What a proof is for. */
export type Proven = {
  readonly method: string;
  /** Query and fragment do not count. */
  readonly url: string;
  /** The token that comes with it; without one it proves the key alone, to whoever binds a token to it. */
  readonly token?: Secret;
};

/**
 * A key pair of this process that a token is bound to (RFC 9449): whoever copies the token without it has nothing. The private
 * key is in memory alone, and cannot be read.
 */
export type ProofKey = {
  /** What the token carries as `cnf.jkt` (RFC 7638). */
  readonly thumbprint: string;
  /** A JWT that is good for one request (RFC 9449 section 4.2). */
  readonly proof: (proven: Proven) => string;
  /** Remembers the nonce of an answer, which the next proof carries. */
  readonly heard: (nonce: string | undefined) => void;
};

/** RFC 9449 section 8.1; the length is ours. */
const NONCE = /^[\x21\x23-\x5b\x5d-\x7e]{1,128}$/;

const COORDINATE_BYTES = 32;

/** A new one on P-256. `now` is in milliseconds. */
export function newProofKey(now: () => number): ProofKey {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = coordinates(publicKey);
  const header = encoded({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } });
  // The members in the order that RFC 7638 section 3 wants.
  const thumbprint = sha256(JSON.stringify({ crv: 'P-256', kty: 'EC', x, y }));
  let nonce: string | undefined;
  return {
    thumbprint,
    proof: ({ method, url, token }) => {
      const claims = {
        jti: randomBytes(16).toString('base64url'),
        htm: method,
        htu: url.replace(/[?#].*$/s, ''),
        iat: Math.floor(now() / 1000),
        ...(nonce !== undefined && { nonce }),
        ...(token !== undefined && { ath: sha256(token.reveal()) }),
      };
      const signed = `${header}.${encoded(claims)}`;
      const signature = sign('sha256', Buffer.from(signed, 'ascii'), {
        key: privateKey,
        dsaEncoding: 'ieee-p1363',
      });
      return `${signed}.${signature.toString('base64url')}`;
    },
    heard: (value) => {
      nonce = value !== undefined && NONCE.test(value) ? value : nonce;
    },
  };
}

/**
 * The point stands, uncompressed, at the end of the key in DER. Not by `export({ format: 'jwk' })`: there
 * Node waits for itself without end if it collects garbage meanwhile, as 20.20.2 does once in a few thousand times.
 */
function coordinates(publicKey: KeyObject): { readonly x: string; readonly y: string } {
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-2 * COORDINATE_BYTES);
  return {
    x: point.subarray(0, COORDINATE_BYTES).toString('base64url'),
    y: point.subarray(COORDINATE_BYTES).toString('base64url'),
  };
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value), 'utf8').toString('base64url');
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

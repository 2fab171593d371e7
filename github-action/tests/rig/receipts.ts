// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import { contractText } from './contract.js';

/** A key of an issuer, and the name that it publishes it under. */
export type SigningKey = {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
};

const PAYLOAD_TYPE = 'application/vnd.in-toto+json';

/** On P-256 unless said, under a name of its own unless said. */
export function newSigningKey(
  kid: string = randomBytes(32).toString('base64url'),
  curve = 'P-256',
): SigningKey {
  return { kid, ...generateKeyPairSync('ec', { namedCurve: curve }) };
}

/** Of the stand-in issuer. */
export const SIGNING_KEY = newSigningKey();

/** Not by `export({ format: 'jwk' })`, which now and then never returns: see `proof-key.ts`. */
export function jwkOf({ kid, publicKey }: SigningKey): Readonly<Record<string, unknown>> {
  const crv = publicKey.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? 'P-256' : 'P-384';
  const length = crv === 'P-256' ? 32 : 48;
  const point = publicKey.export({ type: 'spki', format: 'der' }).subarray(-2 * length);
  const [x, y] = [point.subarray(0, length), point.subarray(length)].map((part) =>
    part.toString('base64url'),
  );
  return { kty: 'EC', crv, x, y, kid, use: 'sig', alg: 'ES256' };
}

export function jwksOf(...keys: readonly SigningKey[]): string {
  return JSON.stringify({ keys: keys.map(jwkOf) });
}

/** The statement of contract/receipt as that issuer's about that token. */
export function receiptOf({ issuer, handle }: { issuer: string; handle: string }): string {
  const statement = JSON.parse(contractText('receipt/statement.json')) as { predicate: object };
  return JSON.stringify({ ...statement, predicate: { ...statement.predicate, issuer, jti: handle } });
}

/** As an issuer signs it: DSSE version 1, ECDSA over SHA-256 in DER. */
export function signedReceipt(statement: string | Buffer, by: SigningKey = SIGNING_KEY): string {
  const payload = Buffer.from(statement);
  const head = `DSSEv1 ${PAYLOAD_TYPE.length} ${PAYLOAD_TYPE} ${payload.length} `;
  return envelopeOf(
    payload,
    by.kid,
    sign('sha256', Buffer.concat([Buffer.from(head), payload]), by.privateKey),
  );
}

export function envelopeOf(payload: Buffer, keyid: string, signature: Buffer): string {
  const signatures = [{ keyid, sig: signature.toString('base64') }];
  return JSON.stringify({ payloadType: PAYLOAD_TYPE, payload: payload.toString('base64'), signatures });
}

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { newProofKey } from '../../src/issuer/proof-key.js';
import { parseSecret } from '../../src/issuer/secret.js';

const NOW = Date.parse('2026-11-23T10:00:00.900Z');

function parts(proof: string): { header: Record<string, unknown>; claims: Record<string, unknown> } {
  const [header = '', claims = '', signature = ''] = proof.split('.');
  const read = (part: string) =>
    JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
  const key = createPublicKey({ key: read(header)['jwk'] as JsonWebKey, format: 'jwk' });
  const signed = Buffer.from(`${header}.${claims}`);
  const bytes = Buffer.from(signature, 'base64url');
  assert.equal(bytes.length, 64);
  assert.ok(verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, bytes));
  return { header: read(header), claims: read(claims) };
}

test('a proof is signed, names one request, and shows the public key alone', () => {
  const key = newProofKey(() => NOW);
  const { header, claims } = parts(key.proof({ method: 'POST', url: 'https://a.example/token?x#y' }));
  const { crv, kty, x, y } = header['jwk'] as Record<string, string>;
  assert.deepEqual(header, { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } });
  const thumbprint = createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
  assert.equal(key.thumbprint, thumbprint);
  const { jti, ...rest } = claims;
  assert.match(String(jti), /^[A-Za-z0-9_-]{22}$/);
  assert.deepEqual(rest, { htm: 'POST', htu: 'https://a.example/token', iat: Math.floor(NOW / 1000) });
});

test('with a token it carries its hash, and with a nonce the last one that was heard', () => {
  const key = newProofKey(() => NOW);
  const token = parseSecret('task token', 'a.b.c');
  assert.ok(token);
  key.heard('first');
  key.heard('second');
  key.heard(undefined);
  key.heard('no\r\nheader');
  const { claims } = parts(key.proof({ method: 'GET', url: 'https://a.example/', token }));
  assert.equal(claims['ath'], createHash('sha256').update('a.b.c').digest('base64url'));
  assert.equal(claims['nonce'], 'second');
});

test('no two proofs are the same, no two keys either, and none shows its private half', () => {
  const key = newProofKey(() => NOW);
  const asked = { method: 'GET', url: 'https://a.example/' };
  const ids = [key.proof(asked), key.proof(asked)].map((proof) => parts(proof).claims['jti']);
  assert.notEqual(ids[0], ids[1]);
  assert.notEqual(key.thumbprint, newProofKey(() => NOW).thumbprint);
  assert.doesNotMatch(inspect(key, { depth: 9, showHidden: true }), /PrivateKey|"d"/);
});

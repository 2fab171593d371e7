// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createHash, createPublicKey, type JsonWebKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { newProofKey } from '../../src/issuer/proof-key.js';
import { parseSecret } from '../../src/issuer/secret.js';
import { contract } from '../rig/contract.js';

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

/** Proofs that WebCrypto made; the issuer and the Java client check the same ones. */
const file = contract<{
  now: number;
  method: string;
  url: string;
  token: string;
  bound_to: string;
  vectors: { name: string; proof: string; claims?: Record<string, unknown> }[];
}>('dpop.json');

function thumbprint(jwk: unknown): string {
  const { crv, kty, x, y } = jwk as Record<string, string>;
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
}

test('a proof is what the contract takes for one, but for its key and its id', () => {
  for (const name of ['a proof for one use of a token', 'a nonce']) {
    const vector = file.vectors.find((one) => one.name === name);
    assert.ok(vector);
    const usual = parts(vector.proof);
    assert.equal(thumbprint(usual.header['jwk']), file.bound_to);

    const token = parseSecret('task token', file.token);
    assert.ok(token);
    const key = newProofKey(() => file.now * 1000);
    key.heard(vector.claims?.['nonce'] as string | undefined);
    const made = parts(key.proof({ method: file.method, url: `${file.url}?a=b#c`, token }));
    assert.equal(key.thumbprint, thumbprint(made.header['jwk']));
    assert.deepEqual(Object.keys(made.header['jwk'] as object), ['kty', 'crv', 'x', 'y']);
    const { jti, ...claims } = usual.claims;
    assert.match(String(jti), /./);
    assert.deepEqual({ ...made.claims, jti }, { ...claims, jti });
    assert.deepEqual({ ...made.header, jwk: {} }, { ...usual.header, jwk: {} });
  }
});

test('a proof is signed, names one request, and shows the public key alone', () => {
  const key = newProofKey(() => NOW);
  const { header, claims } = parts(key.proof({ method: 'POST', url: 'https://a.example/token?x#y' }));
  const { x, y } = header['jwk'] as Record<string, string>;
  assert.deepEqual(header, { typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x, y } });
  assert.equal(key.thumbprint, thumbprint(header['jwk']));
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

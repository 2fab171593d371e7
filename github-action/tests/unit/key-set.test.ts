// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseKeySet } from '../../src/receipt/key-set.js';
import { contractText } from '../rig/contract.js';
import { jwkOf, newSigningKey } from '../rig/receipts.js';

const KEY = newSigningKey('ours');
const JWK = jwkOf(KEY);

test('the sample has its key', () => {
  assert.deepEqual(
    [...parseKeySet(contractText('receipt/jwks.json')).keys()],
    ['neYEeNKRIRgZrgNAAPOYM4Rd3G-zaYc20BJXOyQsvJk'],
  );
});

test('a key is the one that was published; use and alg may be left out', () => {
  const { use: _use, alg: _alg, ...bare } = JWK;
  for (const jwk of [JWK, bare]) {
    const keys = parseKeySet(JSON.stringify({ keys: [jwk] }));
    assert.ok(keys.get('ours')?.equals(KEY.publicKey));
  }
});

for (const [what, jwk] of Object.entries({
  'on another curve': jwkOf(newSigningKey('ours', 'P-384')),
  'of another kind': { kty: 'oct', k: 'c2VjcmV0', kid: 'ours' },
  'without a kid': { ...JWK, kid: undefined },
  'for encryption': { ...JWK, use: 'enc' },
  'for another algorithm': { ...JWK, alg: 'ES384' },
  'that is private': { ...JWK, d: Buffer.alloc(32, 1).toString('base64url') },
  'that is no point on the curve': { ...JWK, y: JWK['x'] },
  'without coordinates': { ...JWK, x: undefined, y: 7 },
})) {
  test(`a key ${what} is passed over, and the others stay`, () => {
    const other = newSigningKey('other');
    assert.deepEqual([...parseKeySet(JSON.stringify({ keys: [jwk, jwkOf(other)] })).keys()], ['other']);
  });
}

test('what is no key set has no key', () => {
  for (const text of ['', '{}', '[]', 'null', '{"keys":[]}', '{"keys":{}}', '{"keys":[null]}', '<html>']) {
    assert.equal(parseKeySet(text).size, 0, text);
  }
});

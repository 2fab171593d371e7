// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { presented } from '../src/index.js';
import { vectors } from './rig/contract.mjs';

const file = vectors('dpop.json');

for (const { name, proof, one_jwt: oneJwt = true } of file.vectors) {
  test(`${oneJwt ? 'the issuer is to check' : 'refused without asking the issuer'}: ${name}`, () => {
    const { token, ...rest } = presented([`DPoP ${file.token}`], [proof]);
    if (oneJwt) {
      assert.deepEqual(rest, { kind: 'token', scheme: 'DPoP', proof });
      assert.equal(token.reveal(), file.token);
    } else {
      assert.deepEqual(rest, { kind: 'malformed', why: 'the header DPoP is not one JWT' });
    }
  });
}

test('there are proofs of both kinds', () => {
  const refused = file.vectors.filter((vector) => vector.one_jwt === false);
  assert.ok(refused.length > 5 && file.vectors.length - refused.length > 50);
  assert.ok(refused.every((vector) => vector.breaks === 'form'));
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holderOf, newHolder } from '../../src/issuer/holder.js';
import { contract } from '../rig/contract.js';

type Vector = { readonly name: string; readonly verifier: string; readonly challenge: string | null };

for (const vector of contract<readonly Vector[]>('holder.json')) {
  if (vector.challenge !== null) {
    test(`the challenge: ${vector.name}`, () => {
      assert.equal(holderOf(vector.verifier).challenge, vector.challenge);
    });
  }
}

test('each request has a verifier of its own, of the form that the issuer takes', () => {
  const verifier = newHolder().verifier.reveal();
  assert.match(verifier, /^[A-Za-z0-9_-]{43}$/);
  assert.notEqual(verifier, newHolder().verifier.reveal());
});

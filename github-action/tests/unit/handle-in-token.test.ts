// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isNamed } from '../../src/issuer/handle-in-token.js';
import { parseSecret } from '../../src/issuer/secret.js';
import { contract } from '../rig/contract.js';

type Case = { name: string; access_token: string; ours: boolean };

const vectors = contract<{ jti: string; cases: Case[] }>('granted-token.json');

for (const vector of vectors.cases) {
  test(`a grant has the handle of its token: ${vector.name}`, () => {
    const token = parseSecret('task token', vector.access_token);
    assert.ok(token);
    assert.equal(isNamed(token, vectors.jti), vector.ours);
  });
}

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseSecret } from '../../src/issuer/secret.js';
import { masksOf } from '../../src/token/masks.js';
import { contract } from '../rig/contract.js';

type Case = { name: string; token: string; masks: string[] };

for (const { name, token, masks } of contract<{ cases: Case[] }>('masking.json').cases) {
  test(`masks ${name}`, () => {
    const secret = parseSecret('task token', token);
    assert.ok(secret);
    assert.deepEqual([...masksOf(secret)].sort(), [...masks].sort());
  });
}

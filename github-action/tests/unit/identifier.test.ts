// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isIdentifier } from '../../src/settings/task-input.js';
import { contract } from '../rig/contract.js';

const { valid, invalid } = contract<{ valid: string[]; invalid: string[] }>('identifiers.json');

for (const text of valid.map(spelledOut)) {
  test(`takes the identifier ${JSON.stringify(text).slice(0, 40)}`, () => assert.ok(isIdentifier(text)));
}

for (const text of invalid.map(spelledOut)) {
  test(`refuses the identifier ${JSON.stringify(text).slice(0, 40)}`, () => assert.ok(!isIdentifier(text)));
}

/** {n} at the end stands for that many letters a. */
function spelledOut(text: string): string {
  return text.replace(/\{(\d+)\}$/, (_, count: string) => 'a'.repeat(Number(count)));
}

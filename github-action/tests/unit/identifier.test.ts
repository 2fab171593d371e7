// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { identifierFault } from '../../src/issuer/identifier.js';
import { contract } from '../rig/contract.js';

const { valid, invalid } = contract<{ valid: string[]; invalid: { text: string; fault: string }[] }>(
  'identifiers.json',
);

for (const text of valid.map(spelledOut)) {
  test(`takes the identifier ${JSON.stringify(text).slice(0, 40)}`, () =>
    assert.equal(identifierFault(text), undefined));
}

for (const { text, fault } of invalid) {
  test(`refuses the identifier ${JSON.stringify(text).slice(0, 40)}`, () => {
    assert.equal(identifierFault(spelledOut(text)), fault);
  });
}

/** {n} at the end stands for that many letters a. */
function spelledOut(text: string): string {
  return text.replace(/\{(\d+)\}$/, (_, count: string) => 'a'.repeat(Number(count)));
}

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { closedEarlierText } from '../../src/text/step-text.js';
import { contract } from '../rig/contract.js';

const [, block = ''] =
  /<!-- promised lines -->\n```text\n([\s\S]*?)```/.exec(
    readFileSync('README.md', 'utf8').replaceAll('\r\n', '\n'),
  ) ?? [];
const promised = block.split('\n').filter((line) => line !== '');
const printed = [
  ...contract<{ cases: { text: string[] }[] }>('messages.json').cases.flatMap(({ text }) => text),
  ...closedEarlierText('R.P').map((line) => `taskbound: ${line}`),
];

test('the README promises lines of the log', () => {
  assert.ok(promised.length >= 8);
});

for (const line of promised) {
  test(`a step prints what the README promises: ${line}`, () => {
    const form = asPattern(line);
    assert.ok(
      printed.some((text) => form.test(text)),
      form.source,
    );
  });
}

test('a line with another wording is not the promised one', () => {
  assert.doesNotMatch('taskbound: ended by step end, lived 4.2 s: R.P', asPattern(promised[2] ?? ''));
});

/** Words in capitals stand for a value; what follows the dots is not promised. */
function asPattern(line: string): RegExp {
  const [begin = '', rest] = line.split('…');
  const form = begin.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\b[A-Z]{2,}\b/g, '\\S.*?');
  return new RegExp(`^${form}${rest === undefined ? '$' : ''}`);
}

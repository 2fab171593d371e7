// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { durationSeconds } from '../../src/settings/duration.js';

for (const [text, seconds] of [
  ['1s', 1],
  ['90s', 90],
  ['10m', 600],
  ['1h', 3600],
  ['3600s', 3600],
] as const) {
  test(`reads ${text}`, () =>
    assert.deepEqual(durationSeconds('lease', text), { kind: 'ok', value: seconds }));
}

for (const text of ['0s', '90', '90 s', '1.5m', '-1s', '2h', '61m', '3601s', '1d', '10M', 's', '']) {
  test(`refuses ${JSON.stringify(text)}`, () => assert.equal(durationSeconds('lease', text).kind, 'fault'));
}

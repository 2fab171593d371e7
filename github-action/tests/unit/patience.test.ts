// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CLOSING_PATIENCE, KEYS_PATIENCE, RECEIPT_PATIENCE } from '../../src/issuer/patience.js';

/** From the cancel of a job to the end of the machine: what GitHub leaves for every post step together. */
const CANCELLED_JOB_MS = 5 * 60_000;

test('post is done before GitHub ends a cancelled job, even if every request takes all its time', () => {
  // An ID token and the close, then another ID token, the receipt and the keys to verify it.
  const requests = [CLOSING_PATIENCE, CLOSING_PATIENCE, CLOSING_PATIENCE, RECEIPT_PATIENCE, KEYS_PATIENCE];
  const longest = requests.reduce((sum, { deadlineMs }) => sum + deadlineMs, 0);
  assert.ok(
    longest < CANCELLED_JOB_MS * 0.6,
    `${longest / 1000} s, with time left for the post steps of others`,
  );
});

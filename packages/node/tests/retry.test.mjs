// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { call } from '../src/call.js';
import { vectors } from './rig/contract.mjs';
import { still } from './rig/issuer.mjs';

const file = vectors('retry.json');
/** No proxy asks for a password here: fetch knows none. */
const cases = file.cases.filter((one) => one.turns.every((turn) => turn.fault !== 'proxy_login'));

for (const one of cases) {
  test(one.name, async () => {
    const turns = [...one.turns];
    const limits = [];
    const net = still(async (_request, timeoutMs) => {
      limits.push(timeoutMs);
      const { fault, status, retry_after, body = '', took_ms = 0 } = turns.shift();
      net.advance(took_ms);
      return fault === undefined
        ? { kind: 'answer', status, retryAfter: retry_after, body }
        : { kind: fault };
    });
    const reply = await call({ url: 'https://tokens.acme.example/redeem' }, patience(one), net);
    assert.deepEqual(net.pauses, one.pauses_ms);
    assert.deepEqual(limits, one.timeouts_ms);
    assert.equal(reply.kind === 'received' ? `status ${reply.status}` : 'none', endOf(one));
    if (one.lost_one !== undefined) {
      assert.equal(reply.lostOne, one.lost_one);
    }
  });
}

test('there are cases', () => {
  assert.ok(cases.length > 20);
});

function endOf({ end }) {
  return end.startsWith('status ') ? end : 'none';
}

function patience(one) {
  const { attempts, deadline_ms, try_timeout_ms, first_pause_ms, longest_pause_ms } = {
    ...file.patience,
    ...one.patience,
  };
  return {
    attempts,
    deadlineMs: deadline_ms,
    tryTimeoutMs: try_timeout_ms,
    firstPauseMs: first_pause_ms,
    longestPauseMs: longest_pause_ms,
  };
}

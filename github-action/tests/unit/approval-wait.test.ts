// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pauseAfter, remindersFrom } from '../../src/approval/pace.js';
import { parsePending } from '../../src/issuer/pending.js';
import { approvalWait } from '../../src/settings/approval-wait-input.js';
import { askedText, givenText, stillText } from '../../src/text/approval-text.js';
import { pending } from '../rig/approvals.js';

for (const [text, seconds] of [
  ['', undefined],
  ['0', 0],
  ['90s', 90],
  ['30m', 1_800],
  ['24h', 86_400],
  ['86400s', 86_400],
] as const) {
  test(`approval-wait "${text}" is ${seconds} seconds`, () => {
    assert.deepEqual(
      approvalWait(() => text),
      { kind: 'ok', value: seconds },
    );
  });
}

for (const text of ['25h', '86401s', '-1', '30', '00', '0s', '1.5h', '10 m', 'forever']) {
  test(`approval-wait "${text}" is a wrong input`, () => {
    assert.deepEqual(
      approvalWait(() => text),
      {
        kind: 'fault',
        fault: 'approval-wait must be a duration such as 90s or 10m, at most 24h, or 0 to not wait',
      },
    );
  });
}

test('the pause is what the issuer says, and 5 s more from then on after a slow_down', () => {
  const start = pauseAfter(waiting({ interval: 5 }), { pauseMs: 0, slowest: 0 });
  assert.equal(start.pauseMs, 5_000);
  const slower = pauseAfter(waiting({ interval: 5, error: 'slow_down' }), start);
  assert.equal(slower.pauseMs, 10_000);
  const slowest = pauseAfter(waiting({ interval: 20, error: 'slow_down' }), slower);
  assert.equal(slowest.pauseMs, 20_000);
  assert.equal(pauseAfter(waiting({ interval: 5 }), slowest).pauseMs, 20_000);
  assert.equal(pauseAfter(waiting({ interval: 60 }), slowest).pauseMs, 60_000);
  assert.equal(pauseAfter(waiting({ interval: 8 }), start).pauseMs, 8_000);
});

test('nothing is said again before five minutes have passed', () => {
  const reminders = remindersFrom(1_000);
  assert.equal(reminders.isDue(300_999), false);
  assert.equal(reminders.isDue(301_000), true);
  reminders.said(301_000);
  assert.equal(reminders.isDue(600_999), false);
  assert.equal(reminders.isDue(601_000), true);
});

test('the lines of a wait for two people', () => {
  const none = waiting({ approvals_needed: 2 });
  const one = waiting({ approvals_needed: 2, approvals_given: 1 });
  assert.equal(
    askedText(none, 1_790_000)[0],
    'this needs approval by 2 people of release-managers; waiting, 29 min left',
  );
  assert.deepEqual(givenText(one, 90_000), ['1 of 2 approvals given; waiting, 90 s left']);
  assert.deepEqual(stillText(one, 90_000), [
    `still waiting for approval by 2 people of release-managers, 1 of them given, 90 s left: ${one.approvalUri}`,
  ]);
});

function waiting(changes: object) {
  const answer = pending(changes);
  assert.ok(typeof answer === 'object');
  const parsed = parsePending(answer.body as Record<string, unknown>, 0);
  assert.ok(parsed);
  return parsed;
}

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { asObject } from '../../src/base/json.js';
import { parsePending } from '../../src/issuer/pending.js';
import { APPROVAL_ID, OTHER_APPROVAL_ID, pending, waitingFor } from '../rig/approvals.js';

const SENT_AT = Date.parse('2026-12-01T12:00:00Z');

function parsed(changes: object) {
  const answer = pending(changes);
  assert.ok(typeof answer === 'object');
  const body = asObject(answer.body);
  assert.ok(body);
  return parsePending(body, SENT_AT);
}

test('a pending answer says who may approve, where, how long, and when to ask again', () => {
  assert.deepEqual(parsed({ approvals_needed: 2, approvals_given: 1 }), {
    approvalId: APPROVAL_ID,
    approvalUri: `https://tokens.acme.example/approve/${APPROVAL_ID}`,
    approvers: ['release-managers'],
    needed: 2,
    given: 1,
    intervalSeconds: 5,
    expiresAt: SENT_AT + 1_790_000,
    slowDown: false,
  });
  assert.equal(parsed({ error: 'slow_down' })?.slowDown, true);
});

test('an issuer below a path has its page there', () => {
  const page = { approval_uri: `https://acme.example/tokens/approve/${APPROVAL_ID}` };
  assert.equal(parsed(page)?.approvalUri, page.approval_uri);
});

for (const [what, changes] of [
  ['no interval', { interval: undefined }],
  ['an interval of nothing', { interval: 0 }],
  ['an interval of an hour', { interval: 3_600 }],
  ['half an interval', { interval: 2.5 }],
  ['an approval id that is none', waitingFor('x')],
  ['an approval id with a line break', waitingFor(`${APPROVAL_ID}\n`)],
  ['the page of another approval', { approval_uri: `https://acme.example/approve/${OTHER_APPROVAL_ID}` }],
  ['a page that is no web page', { approval_uri: `javascript:alert(1)//approve/${APPROVAL_ID}` }],
  ['a page without TLS', { approval_uri: `http://tokens.acme.example/approve/${APPROVAL_ID}` }],
  ['a page with a user', { approval_uri: `https://acme@evil.example/approve/${APPROVAL_ID}` }],
  ['no approvers', { approvers: [] }],
  ['approvers that are no list', { approvers: 'release-managers' }],
  ['approvers that start a command', { approvers: ['::set-output name=x::y'] }],
  ['nobody needed', { approvals_needed: 0 }],
  ['more people than a policy can ask for', { approvals_needed: 6 }],
  ['no number of those who approved', { approvals_given: undefined }],
  ['a wait of a week', { expires_in: 604_800 }],
  ['no end of the wait', { expires_in: undefined }],
] as const) {
  test(`an answer with ${what} is none`, () => {
    assert.equal(parsed(changes), undefined);
  });
}

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseStatement } from '../../src/receipt/statement.js';
import { receiptOf } from '../rig/receipts.js';

const DECISION = {
  decision: 'approve',
  at: '2026-11-23T09:59:00.123Z',
  group: 'release-managers',
  provider: 'github',
  issuer: 'https://token.actions.githubusercontent.com',
  person: '583231',
  name: 'octocat',
  text_sha256: 'A'.repeat(43),
};
const APPROVAL = { id: 'R.H', requested: '2026-11-23T09:58:00Z', needed: 1, decisions: [DECISION] };

function read(approval?: object) {
  return readWith(approval === undefined ? {} : { approval });
}

function readWith(members: object) {
  const receipt = JSON.parse(receiptOf({ issuer: 'https://tokens.acme.example', handle: 'h' })) as {
    predicate: object;
  };
  const predicate = { ...receipt.predicate, ...members };
  return parseStatement(Buffer.from(JSON.stringify({ ...receipt, predicate })));
}

test('a receipt says to which key its token was bound, if it was', () => {
  assert.equal(readWith({})?.keyThumbprint, undefined);
  assert.equal(readWith({ cnf: { jkt: 'thumbprint' } })?.keyThumbprint, 'thumbprint');
  for (const cnf of [null, 7, {}, { jkt: 7 }]) {
    assert.equal(readWith({ cnf }), undefined);
  }
});

test('a receipt says who approved, if people had to', () => {
  assert.equal(read()?.approvers, undefined);
  const [approver, ...more] = read(APPROVAL)?.approvers ?? [];
  assert.equal(more.length, 0);
  assert.equal(approver?.name, 'octocat');
  assert.equal(approver?.provider, 'github');
  assert.equal(approver?.at, DECISION.at);
});

for (const [what, approval] of [
  ['no id', { ...APPROVAL, id: undefined }],
  ['no time', { ...APPROVAL, requested: 'yesterday' }],
  ['no number', { ...APPROVAL, needed: '1' }],
  ['no decisions', { ...APPROVAL, decisions: undefined }],
  ['a decision of nobody', { ...APPROVAL, decisions: [{ ...DECISION, person: undefined }] }],
  ['a decision at no time', { ...APPROVAL, decisions: [{ ...DECISION, at: '' }] }],
  ['a decision on no text', { ...APPROVAL, decisions: [{ ...DECISION, text_sha256: 7 }] }],
] as const) {
  test(`an approval with ${what} is none, and neither is the receipt`, () => {
    assert.equal(read(approval), undefined);
  });
}

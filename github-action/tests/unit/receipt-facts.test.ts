// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReceiptStatement } from '../../src/receipt/statement.js';
import { receiptFacts } from '../../src/text/receipt-facts.js';

const USE = { at: '2026-11-23T10:00:01.560Z', server: 'signer', action: 'sign' };
const STATEMENT: ReceiptStatement = {
  issuer: 'https://tokens.acme.example',
  handle: 'h',
  keyThumbprint: undefined,
  useCount: 0,
  uses: [],
  end: undefined,
  approvers: undefined,
};

test('says how often it was redeemed, and the last use that the receipt lists', () => {
  const use = 'sign by signer at 2026-11-23T10:00:01.560Z';
  assert.equal(redeemed({}), 'never');
  assert.equal(redeemed({ useCount: 1, uses: [USE] }), `once: ${use}`);
  assert.equal(redeemed({ useCount: 2, uses: [{ ...USE, action: 'x' }, USE] }), `2 times: ${use} (last)`);
  // A receipt lists the first hundred.
  assert.equal(redeemed({ useCount: 250, uses: [USE, USE] }), `250 times: ${use} (number 2)`);
  assert.equal(redeemed({ useCount: 3 }), '3 times');
});

test('says to which key the token was bound, if it was', () => {
  assert.equal(facts({})['bound to'], undefined);
  assert.equal(facts({ keyThumbprint: 't\u001b' })['bound to'], 'the key t\\u001B');
});

test('says how it ended, and by which key', () => {
  const end = { at: '2026-11-23T10:00:02Z', cause: 'holder', by: 'holder' };
  assert.equal(facts({ end })['ended'], 'closed by its holder, at 2026-11-23T10:00:02Z');
  assert.equal(facts({})['ended'], 'not yet');
  assert.equal(facts({})['signature'], 'valid, by key \\u001Bk');
});

test('says of a change window whether it ended as planned, or by a new version of the policy', () => {
  const at = '2026-11-23T10:00:02Z';
  assert.equal(
    facts({ end: { at, cause: 'window', by: 'clock' } })['ended'],
    `its change window ended, at ${at}`,
  );
  assert.equal(
    facts({ end: { at, cause: 'window', by: 'policy' } })['ended'],
    `closed by a new version of the policy, which had ended its change window, at ${at}`,
  );
});

test('a cause that this version does not know is shown as the receipt has it, printable', () => {
  const end = { at: '2026-11-23T10:00:02Z', cause: 'whim\u001b', by: 'jane' };
  assert.equal(facts({ end })['ended'], 'whim\\u001B, by jane, at 2026-11-23T10:00:02Z');
});

function redeemed(changes: Partial<ReceiptStatement>): string | undefined {
  return facts(changes)['redeemed'];
}

function facts(changes: Partial<ReceiptStatement>): Record<string, string> {
  const statement = { ...STATEMENT, ...changes };
  return Object.fromEntries(receiptFacts({ envelope: '{}', keyId: '\u001bk', statement }));
}

test('says who approved it, each in a line of his own', () => {
  const at = '2026-11-23T09:59:00Z';
  const approvers = [
    { at, provider: 'github', name: 'octocat' },
    { at, provider: 'staff', name: 'Zo\u00eb' },
  ];
  const [first, second, third] = receiptFacts({
    envelope: '',
    keyId: 'k',
    statement: { ...STATEMENT, approvers },
  });
  assert.deepEqual(first, ['approved by', `octocat (github), at ${at}`]);
  assert.deepEqual(second, ['approved by', `Zo\\u00EB (staff), at ${at}`]);
  assert.equal(third?.[0], 'redeemed');
});

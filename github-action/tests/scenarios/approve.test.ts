// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { APPROVAL_ID, hashOf, recorded, shown, TEXT } from '../rig/approvals.js';
import { annotation, preloading, scene } from '../rig/scene.js';
import type { Answering } from '../rig/stand-in-issuer.js';

const HASH = hashOf(TEXT);
const PATH = `/approvals/${APPROVAL_ID}`;
const ID = { 'approval-id': APPROVAL_ID };

/** Shows, and records what is decided. */
const approvals: Answering = ({ decision, comment }) =>
  decision === undefined ? shown() : recorded(decision === 'approve' ? 'approve' : 'deny', comment);

test('decision show prints the whole text and its hash, and decides nothing', async () => {
  const { issuer, run } = await scene({ approvals });

  const step = await run('approve', { inputs: ID });

  assert.equal(step.code, 0);
  assert.deepEqual(
    step.log.trim().split('\n'),
    [
      `approval ${APPROVAL_ID} (pending, 25 min left, needs one person of release-managers):`,
      ...TEXT.split('\n').map((line) => `  ${line}`),
      `hash of this text: ${HASH}`,
      `when you have read it, start this workflow again with decision approve or deny, and shown ${HASH}`,
    ].map((line) => `taskbound: ${line}`),
  );
  assert.deepEqual(
    issuer.forms(PATH).map((form) => Object.keys(form)),
    [['subject_token', 'subject_token_type']],
  );
  assert.deepEqual(step.outputs, { state: 'pending', shown: HASH });
  assert.ok(plain(step.summary).includes(`<pre>${TEXT}</pre>`));
});

for (const [decision, word, comment] of [
  ['approve', 'approved', 'as planned in CHG0031337'],
  ['deny', 'denied', undefined],
] as const) {
  test(`decision ${decision} with the hash of what was read is recorded`, async () => {
    const { issuer, run } = await scene({ approvals });

    const step = await run('approve', { inputs: { ...ID, decision, shown: HASH, comment: comment ?? '' } });

    assert.equal(step.code, 0);
    const [, form] = issuer.forms(PATH);
    assert.deepEqual(
      { decision: form?.['decision'], shown: form?.['shown'], comment: form?.['comment'] },
      { decision, shown: HASH, comment },
    );
    const words = comment === undefined ? '' : `: ${comment}`;
    assert.ok(
      step.log.includes(
        `taskbound: ${word} by hubot-the-human (github) at 2026-11-30T00:54:20Z${words}\ntaskbound: now: ${word}\n`,
      ),
      step.log,
    );
    assert.deepEqual(step.outputs, { state: word, shown: HASH });
  });
}

test('the link from the log is as good as the id', async () => {
  const { issuer, run } = await scene({ approvals });

  const inputs = { 'approval-id': `https://tokens.acme.example/approve/${APPROVAL_ID}` };
  const step = await run('approve', { inputs });

  assert.equal(step.code, 0);
  assert.equal(issuer.forms(PATH).length, 1);
});

for (const [what, read, why] of [
  ['no hash', '', /^nothing was decided: to approve it, first read it above/],
  ['the hash of another text', hashOf('another'), /^nothing was decided: shown is not the hash of this text/],
] as const) {
  test(`decision approve with ${what} shows the text, decides nothing, and fails`, async () => {
    const { issuer, run } = await scene({ approvals });

    const step = await run('approve', { inputs: { ...ID, decision: 'approve', shown: read } });

    assert.equal(step.code, 1);
    assert.match(annotation('error', step.log), why);
    assert.equal(issuer.forms(PATH).length, 1);
    assert.match(step.log, /^taskbound: {3}may {9}sign artifact:acme\/shop\/app\.jar$/m);
  });
}

test('who may not decide reads why, before and after', async () => {
  const why = 'you started the run that asks for this, so another approver must decide on it';
  const { run } = await scene({
    approvals: ({ decision }) =>
      decision === undefined
        ? shown({ may_decide: false, why })
        : {
            status: 400,
            body: { error: 'access_denied', error_description: why, request_id: '01JD63' },
          },
  });

  const first = await run('approve', { inputs: ID });
  const second = await run('approve', { inputs: { ...ID, decision: 'approve', shown: HASH } });

  assert.equal(first.code, 0);
  assert.match(first.log, new RegExp(`^taskbound: you cannot decide on it: ${why}$`, 'm'));
  assert.equal(second.code, 1);
  assert.deepEqual(annotation('error', second.log).split('\n'), [
    `access_denied: ${why}`,
    'request id: 01JD63',
  ]);
});

test('a decision whose answer was lost may have been recorded, and the log says so', async () => {
  const used = { error: 'invalid_request', error_description: 'ID token was used already' };
  const { run } = await scene({
    approvals: (_, nth) => (nth === 1 ? shown() : nth === 2 ? 'cut' : { status: 400, body: used }),
  });

  const step = await run('approve', {
    inputs: { ...ID, decision: 'approve', shown: HASH },
    nodeArgs: preloading('fast-time'),
  });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /an earlier try got no answer and may have been recorded/);
});

for (const [what, answer] of [
  ['a hash that is not the one of its text', shown({ text_sha256: hashOf('another') })],
  ['the text of another approval', shown({ approval_id: APPROVAL_ID.replace(/A/, 'B') })],
  ['a text that turns the writing around', shown({}, 'may read \u202Etxt.exe')],
  ['a text that starts a command', shown({}, 'may\r::stop-commands::x')],
  ['no text', shown({}, '')],
  ['no word on whether this person may decide', shown({ may_decide: undefined })],
  ['decisions that are none', shown({ decisions: [{ decision: 'perhaps' }] })],
] as const) {
  test(`an answer with ${what} is not shown, and nothing is decided`, async () => {
    const { issuer, run } = await scene({ approvals: () => answer });

    const step = await run('approve', { inputs: { ...ID, decision: 'approve', shown: HASH } });

    assert.equal(step.code, 1);
    assert.match(annotation('error', step.log), /the address answered 200 without a whole approval/);
    assert.equal(issuer.forms(PATH).length, 1);
    assert.deepEqual(step.outputs, {});
  });
}

for (const [inputs, why] of [
  [
    { 'approval-id': 'x' },
    /^approval-id must be the approval id from the log of the waiting step, or its link$/,
  ],
  [{ ...ID, decision: 'yes' }, /^decision must be show, approve or deny$/],
  [{ ...ID, shown: 'x' }, /^shown must be the hash that decision show prints: 43 characters$/],
  [{ ...ID, comment: 'a\nb' }, /^comment must be one line of at most 200 printable characters$/],
  [{ ...ID, comment: 'x'.repeat(201) }, /^comment must be one line of at most 200 printable characters$/],
] as const) {
  test(`a wrong input sends nothing: ${why.source}`, async () => {
    const { issuer, run } = await scene({ approvals });

    const step = await run('approve', { inputs });

    assert.equal(step.code, 2);
    assert.match(annotation('error', step.log), why);
    assert.deepEqual(issuer.transcript, []);
  });
}

/** The summary with its character references read. */
function plain(summary: string): string {
  return summary.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

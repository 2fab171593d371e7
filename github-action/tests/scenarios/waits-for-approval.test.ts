// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { APPROVAL_ID, denied, expired, OTHER_APPROVAL_ID, pending, waitingFor } from '../rig/approvals.js';
import { annotation, preloading, STEP, scene } from '../rig/scene.js';
import { type Answer, type Answering, granted, jwt, standInIssuer } from '../rig/stand-in-issuer.js';
import { standInRunner } from '../rig/stand-in-runner.js';

const nodeArgs = preloading('fast-time');
const INPUTS = { ...STEP, run: 'echo ran' };

/** These answers in turn, and then a grant. */
function first(...answers: readonly Answer[]): { token: Answering } {
  return { token: (form, nth) => answers[nth - 1] ?? granted(form, jwt({})) };
}

test('a step waits until people have approved, and says for whom; the request stays the same', async () => {
  const { issuer, run } = await scene(first(pending(), pending()));

  const step = await run('main', { inputs: INPUTS, nodeArgs });

  assert.equal(step.code, 0);
  assert.match(step.log, /^ran$/m);
  assert.equal(step.outputs['approval-id'], APPROVAL_ID);
  assert.deepEqual(annotation('notice', step.log).split('\n'), [
    'this needs approval by release-managers; waiting, 29 min left',
    `approve or deny: https://tokens.acme.example/approve/${APPROVAL_ID}`,
    `or in a terminal: taskbound approve ${APPROVAL_ID}`,
  ]);
  assert.match(step.log, /^taskbound: approved after \d+ s$/m);
  const forms = issuer.forms('/token').map(({ subject_token: _, ...form }) => form);
  assert.equal(forms.length, 3);
  assert.deepEqual(forms[1], forms[0]);
  assert.deepEqual(forms[2], forms[0]);
  assert.match(
    plain(step.summary),
    /approval of sign-release[\s\S]*\| ended \| approved \|[\s\S]*\| closed by \| step end \|/,
  );
});

test('it keeps the pause that the issuer names, and 5 s more when that was too short', async () => {
  const slow = pending({ error: 'slow_down', interval: 10 });
  const { issuer, run } = await scene(first(pending({ interval: 20 }), slow, pending()));

  const step = await run('main', { inputs: INPUTS, nodeArgs });

  assert.equal(step.code, 0);
  const at = issuer.transcript.flatMap((line, nth) => (line.startsWith('POST /token') ? [nth] : []));
  const times = at.map((nth) => issuer.arrivals[nth] ?? 0);
  const pauses = times.slice(1).map((time, nth) => time - (times[nth] ?? 0));
  // Forty times as fast: 20 s, then 25 s, then still 25 s although the issuer says 5.
  for (const [nth, least] of [500, 625, 625].entries()) {
    assert.ok((pauses[nth] ?? 0) >= least - 5, `pause ${nth}: ${pauses[nth]} ms`);
  }
});

test('an ID token is used again while it is young, then a fresh one is asked for', async () => {
  const { issuer, run } = await scene(first(...Array.from({ length: 3 }, () => pending({ interval: 25 }))));

  const step = await run('main', { inputs: INPUTS, nodeArgs });

  assert.equal(step.code, 0);
  const tokens = issuer.forms('/token').map((form) => form['subject_token']);
  assert.equal(tokens[1], tokens[0]);
  assert.notEqual(tokens.at(-1), tokens[0]);
  assert.equal(issuer.forms('/id-token').length, new Set(tokens).size);
});

test('the log hears of each approval, and no more', async () => {
  const two = pending({ approvals_needed: 2 });
  const one = pending({ approvals_needed: 2, approvals_given: 1 });
  const { run } = await scene(first(two, two, two, one, one));

  const step = await run('main', { inputs: INPUTS, nodeArgs });

  assert.equal(step.code, 0);
  assert.match(annotation('notice', step.log), /^this needs approval by 2 people of release-managers; /);
  const told = step.log.split('\n').filter((line) => /^taskbound: .*(approv|waiting)/.test(line));
  assert.match(told[0] ?? '', /^taskbound: 1 of 2 approvals given; waiting, 29 min left$/);
  assert.match(told[1] ?? '', /^taskbound: approved after /);
  assert.equal(told.length, 2);
});

test('a change of the policy asks for another approval, which the log names', async () => {
  const { run } = await scene(first(pending(), pending(waitingFor(OTHER_APPROVAL_ID))));

  const step = await run('main', { inputs: INPUTS, nodeArgs });

  assert.equal(step.code, 0);
  const notices = step.log.split('\n').filter((line) => line.startsWith('::notice'));
  assert.equal(notices.length, 2);
  assert.match(
    notices[1] ?? '',
    /::the policy has changed meanwhile: what was asked before can no longer be approved%0A/,
  );
  assert.ok(notices[1]?.includes(`/approve/${OTHER_APPROVAL_ID}`));
  assert.equal(step.outputs['approval-id'], OTHER_APPROVAL_ID);
});

for (const [what, end, lines, summary] of [
  [
    'a denial',
    denied(),
    ['it was not granted', 'an approver has denied it', `approval ${APPROVAL_ID}, request id 01JD60`],
    'an approver has denied it',
  ],
  [
    'nobody in time',
    expired(),
    [
      'nobody approved it in time; run the step again to ask for a new approval',
      'nobody approved it in time',
      `approval ${APPROVAL_ID}, request id 01JD61`,
    ],
    'nobody approved it in time',
  ],
] as const) {
  test(`${what} fails the step, the command does not run, and nothing is left`, async () => {
    const { issuer, run, runner } = await scene(first(pending(), end));

    const step = await run('main', { inputs: INPUTS, nodeArgs });

    assert.equal(step.code, 1);
    assert.doesNotMatch(step.log, /^ran$/m);
    assert.deepEqual(annotation('error', step.log).split('\n'), [...lines, 'the command was not run']);
    assert.ok(plain(step.summary).includes(`| ended | ${summary} |`));
    assert.deepEqual(issuer.forms('/revoke'), []);
    assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
    assert.deepEqual(runner.leftovers(), {});
  });
}

test('approval-wait ends the wait, after one last question', async () => {
  const { issuer, run } = await scene({ token: () => pending() });

  const step = await run('main', { inputs: { ...INPUTS, 'approval-wait': '12s' }, nodeArgs });

  assert.equal(step.code, 1);
  const asked = issuer.forms('/token').length;
  assert.ok(asked >= 2 && asked <= 4, `${asked} requests`);
  const [begin = 0, end = 0] = [issuer.arrivals[1], issuer.arrivals.at(-1)];
  assert.ok(end - begin >= 295, `${end - begin} ms`);
  assert.match(annotation('error', step.log), /^not approved by release-managers within 1\d s\n/);
  assert.match(annotation('notice', step.log), /; waiting, 1[12] s left$/m);
  assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
});

test('approval-wait: 0 waits for nobody, and names the approval', async () => {
  const { issuer, run } = await scene({ token: () => pending() });

  const step = await run('main', { inputs: { ...INPUTS, 'approval-wait': '0' } });

  assert.equal(step.code, 1);
  assert.equal(issuer.forms('/token').length, 1);
  assert.deepEqual(annotation('error', step.log).split('\n'), [
    'this needs approval by release-managers',
    `what was to be approved: https://tokens.acme.example/approve/${APPROVAL_ID}`,
    'an approval can no longer be used: run the step again to ask for a new one',
    'the command was not run',
  ]);
  assert.doesNotMatch(step.log, /::notice/);
  assert.equal(step.outputs['approval-id'], APPROVAL_ID);
  assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
});

test('a dry run says who would have to approve', async () => {
  const body = { would_grant: true, needs_approval: ['release-managers', 'owners'] };
  const { run } = await scene({ token: () => ({ status: 200, body }) });

  const step = await run('main', { inputs: { ...INPUTS, 'dry-run': 'true' } });

  assert.equal(step.code, 0);
  assert.match(
    step.log,
    /would be granted after approval by release-managers or owners\. Nothing was issued/,
  );
});

const ofPosix = process.platform === 'win32' && 'Windows sends no signals';

test('a cancel while it waits ends at once; nothing was granted, so nothing is closed', {
  skip: ofPosix,
}, async () => {
  const { issuer, runner, start } = await scene({ token: () => pending() });
  const running = start('main', { inputs: INPUTS });
  await running.printed('::notice');

  const asked = performance.now();
  running.kill('SIGINT');
  const step = await running.ended;

  assert.ok(performance.now() - asked < 3_000);
  assert.equal(step.code, 130);
  assert.doesNotMatch(step.log, /^ran$|::error/m);
  assert.match(
    step.log,
    new RegExp(
      `^taskbound: stopped while waiting for approval; no token was issued, and approval ${APPROVAL_ID} can no longer be used$`,
      'm',
    ),
  );
  assert.deepEqual(issuer.forms('/revoke'), []);
  assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
  assert.deepEqual(runner.leftovers(), {});
});

test('a cancel in the middle of a question closes what that may have granted', {
  skip: ofPosix,
}, async () => {
  const { issuer, start } = await scene({ token: (_, nth) => (nth === 1 ? pending() : 'silence') });
  const running = start('main', { inputs: INPUTS, nodeArgs });
  while (issuer.forms('/token').length < 2) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  running.kill('SIGTERM');
  const step = await running.ended;

  assert.equal(step.code, 143);
  assert.doesNotMatch(step.log, /^ran$/m);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

test('an outage in between is waited out, and told once', async () => {
  const { issuer, run } = await scene({
    token: (form, nth) =>
      nth === 1 || nth === 10 ? pending() : nth < 10 ? { status: 503 } : granted(form, jwt({})),
  });

  const step = await run('main', { inputs: INPUTS, nodeArgs });

  assert.equal(step.code, 0);
  assert.match(step.log, /^ran$/m);
  assert.equal(
    step.log.match(
      /^taskbound: no answer from the issuer \(the issuer answered 503\); still waiting for the approval$/gm,
    )?.length,
    1,
  );
  assert.ok(issuer.forms('/token').length >= 11);
});

test('a grant whose answer was lost is closed when the approval turns out to be used', async () => {
  const used: Answer = {
    status: 400,
    body: { error: 'access_denied', error_description: 'the approval was used', approval_id: APPROVAL_ID },
  };
  const { issuer, run } = await scene({
    token: (_, nth) => (nth === 1 ? pending() : nth < 6 ? 'cut' : used),
  });

  const step = await run('main', { inputs: INPUTS, nodeArgs });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /An earlier try got no answer and may have been granted/);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

test('a lost answer, after which the same approval still waits, closes nothing', async () => {
  const { issuer, run } = await scene({
    token: (_, nth) => (nth === 1 || nth === 6 ? pending() : nth < 6 ? 'cut' : denied()),
  });

  const step = await run('main', { inputs: INPUTS, nodeArgs });

  assert.equal(step.code, 1);
  assert.deepEqual(issuer.forms('/revoke'), []);
});

test('half an answer is not one of an issuer', async () => {
  const { issuer, run } = await scene({ token: () => pending({ interval: undefined }) });

  const step = await run('main', { inputs: INPUTS });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /answered 400 without saying what is to be approved/);
  assert.equal(issuer.forms('/token').length, 1);
});

test('an ID token from a variable is enough while it is young, and then its age is named', async () => {
  const body = { error: 'invalid_request', error_description: 'ID token is too old', request_id: '01JD62' };
  const issuer = await standInIssuer({
    token: (_, nth) => (nth < 4 ? pending({ interval: 25 }) : { status: 400, body }),
  });
  const runner = standInRunner({ TASKBOUND_ISSUER: issuer.url });
  after(async () => {
    runner.remove();
    await issuer.stop();
  });

  const step = await runner.run('main', {
    inputs: { ...INPUTS, 'id-token-env': 'ELSEWHERE' },
    env: { ELSEWHERE: jwt({ aud: issuer.url }) },
    nodeArgs,
  });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /: invalid_request\n {2}ID token is too old/);
  assert.match(step.log, /^taskbound: the ID token is the same as at the start, and has become too old/m);
});

test('a file that is kept fresh is read each time', async () => {
  const issuer = await standInIssuer(first(...Array.from({ length: 3 }, () => pending({ interval: 25 }))));
  const runner = standInRunner({ TASKBOUND_ISSUER: issuer.url });
  after(async () => {
    runner.remove();
    await issuer.stop();
  });
  const file = join(runner.workspace, 'id-token');
  writeFileSync(file, jwt({ aud: issuer.url }));

  const running = runner.start('main', { inputs: { ...INPUTS, 'id-token-file': 'id-token' }, nodeArgs });
  await running.printed('::notice');
  const next = jwt({ aud: issuer.url });
  writeFileSync(file, next);
  const step = await running.ended;

  assert.equal(step.code, 0);
  assert.equal(issuer.forms('/token').at(-1)?.['subject_token'], next);
  assert.ok(step.masks.includes(next));
});

/** The summary with its character references read. */
function plain(summary: string): string {
  return summary.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

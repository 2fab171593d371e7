// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { approvalIdOf, approverRun, liveScene, PUSH, STEAL } from '../rig/live-issuer.js';
import { annotation, STEP } from '../rig/scene.js';

const INPUTS = { ...STEP, task: 'sign-approved' };

test('a step waits until another person has approved; its starter cannot; the receipt says who did', async () => {
  const { start, loot, isAlive, runner } = await liveScene({ ...PUSH, run_id: '7001' });
  const receipt = join(runner.workspace, 'receipt.json');
  const running = start('main', { inputs: { ...INPUTS, run: STEAL, receipt } });
  const id = await approvalIdOf(running);
  const starter = await liveScene(approverRun('octocat', '583230'));
  const approver = await liveScene(approverRun('hubot-the-human', '583231'));

  const shown = await approver.run('approve', { inputs: { 'approval-id': id } });
  const decided = { 'approval-id': id, decision: 'approve', shown: shown.outputs['shown'] ?? '' };
  const refused = await starter.run('approve', { inputs: decided });
  const approved = await approver.run('approve', { inputs: { ...decided, comment: 'as planned' } });
  const step = await running.ended;

  assert.equal(shown.code, 0, shown.log);
  assert.match(shown.log, /sign artifact:acme\/shop\/app\.jar/);
  assert.equal(refused.code, 1);
  assert.match(annotation('error', refused.log), /^access_denied: you started the run that asks for this/);
  assert.equal(approved.code, 0, approved.log);
  assert.match(approved.log, /^taskbound: approved by hubot-the-human \(github\) at .*: as planned$/m);
  assert.equal(step.code, 0, step.log);
  assert.match(step.log, /^taskbound: approved after /m);
  assert.equal(step.outputs['approval-id'], id);
  assert.equal(step.outputs['approved-by'], 'hubot-the-human (github)');
  assert.equal(await isAlive(loot()), false);
});

test('what another run asks for cannot be approved with the hash of this one; a denial ends the step', async () => {
  const { start } = await liveScene({ ...PUSH, run_id: '7002' });
  const running = start('main', { inputs: { ...INPUTS, run: 'echo ran' } });
  const id = await approvalIdOf(running);
  const approver = await liveScene(approverRun('hubot-the-human', '583231'));
  const stranger = await liveScene(approverRun('mallory', '666'));

  const none = await stranger.run('approve', { inputs: { 'approval-id': id } });
  const other = { 'approval-id': id, decision: 'approve', shown: 'A'.repeat(43) };
  const mistaken = await approver.run('approve', { inputs: other });
  const denied = await approver.run('approve', {
    inputs: { ...other, decision: 'deny', shown: mistaken.outputs['shown'] ?? '' },
  });
  const step = await running.ended;

  assert.match(
    annotation('error', none.log),
    /^access_denied: no request that this identity may approve has this id/,
  );
  assert.match(annotation('error', mistaken.log), /^nothing was decided: shown is not the hash of this text/);
  assert.equal(denied.code, 0, denied.log);
  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /^it was not granted\n/);
  assert.doesNotMatch(step.log, /^ran$/m);
  assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene, STEAL } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

const skip = process.platform === 'win32' && 'Windows sends no signals';

test('SIGINT ends command and token within the 7.5 s that a runner waits', { skip }, async () => {
  const { start, loot, isAlive, runner } = await liveScene();
  const running = start('main', { inputs: { ...STEP, run: `${STEAL}echo ready; sleep 60; echo survived` } });
  await running.printed('ready');

  const asked = performance.now();
  running.kill('SIGINT');
  const step = await running.ended;

  assert.ok(performance.now() - asked < 10_000);
  assert.equal(await isAlive(loot()), false);
  assert.equal(step.code, 130);
  assert.doesNotMatch(step.log, /survived/);
  assert.equal(step.outputs['closed-by'], 'cancelled');
  assert.deepEqual(runner.leftovers(), {});
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene, STEAL } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('a heartbeat carries a 20 s command over a 5 s lease', async () => {
  const { start, loot, isAlive } = await liveScene();
  const running = start('main', {
    inputs: { ...STEP, lease: '5s', run: `${STEAL}sleep 19; echo nearly; sleep 1` },
  });

  await running.printed('nearly');
  assert.equal(await isAlive(loot()), true);
  const step = await running.ended;

  assert.equal(step.code, 0);
  assert.equal(await isAlive(loot()), false);
  assert.match(step.log, /dies 5 s after its last heartbeat/);
  assert.equal(step.outputs['closed-by'], 'step');
});

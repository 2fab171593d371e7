// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene, STEAL } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('a command that fails keeps its exit code, and its token is dead', async () => {
  const { run, loot, isAlive, runner } = await liveScene();

  const step = await run('main', { inputs: { ...STEP, run: `${STEAL}exit 42` } });

  assert.equal(step.code, 42);
  assert.equal(await isAlive(loot()), false);
  assert.equal(step.outputs['closed-by'], 'step');
  assert.match(step.log, /^::error title=taskbound::Process completed with exit code 42\.$/m);
  assert.deepEqual(runner.leftovers(), {});
});

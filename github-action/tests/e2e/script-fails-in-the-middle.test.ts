// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene, STEAL } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('a script ends at its first failing line, as in a run step', async () => {
  const { run, loot, isAlive } = await liveScene();

  const step = await run('main', { inputs: { ...STEP, run: `${STEAL}echo first\nfalse\necho second` } });

  assert.equal(step.code, 1);
  assert.match(step.log, /^first$/m);
  assert.doesNotMatch(step.log, /^second$/m);
  assert.equal(await isAlive(loot()), false);
});

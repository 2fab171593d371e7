// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('the command runs in the folder that the step names, else in the workspace', async () => {
  const { run, runner } = await scene();
  mkdirSync(join(runner.workspace, 'app'));

  const inside = await run('main', {
    inputs: { ...STEP, run: 'basename "$PWD"', 'working-directory': 'app' },
  });
  const usual = await run('main', { inputs: { ...STEP, run: 'basename "$PWD"' } });

  assert.match(inside.log, /^app$/m);
  assert.match(usual.log, /^workspace$/m);
});

test('a folder that is not there is found out before anything is asked for', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'true', 'working-directory': 'nowhere' } });

  assert.equal(step.code, 2);
  assert.equal(annotation('error', step.log), 'working-directory is not a folder on this runner');
  assert.deepEqual(issuer.transcript, []);
});

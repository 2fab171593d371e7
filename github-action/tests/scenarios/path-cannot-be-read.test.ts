// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

// A link to itself, since root may look into every folder.
const skip = process.platform === 'win32' && 'needs symbolic links';

test('a folder of the PATH that cannot be looked into breaks no step', { skip }, async () => {
  const { runner, run } = await scene();
  const circle = join(runner.workspace, 'circle');
  symlinkSync(circle, circle);
  const path = [circle, process.env['PATH'] ?? ''].join(delimiter);

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' }, env: { PATH: path } });

  assert.equal(step.code, 0);
  assert.match(step.log, /^ran$/m);
});

test('a working-directory that cannot be looked at is a fault of the settings', { skip }, async () => {
  const { runner, run } = await scene();
  symlinkSync('circle', join(runner.workspace, 'circle'));

  const step = await run('main', { inputs: { ...STEP, run: 'true', 'working-directory': 'circle' } });

  assert.equal(step.code, 2);
  assert.match(annotation('error', step.log), /^working-directory is not a folder on this runner/);
});

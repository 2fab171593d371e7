// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('a command that leaves its last line open swallows no warning', async () => {
  const { run } = await scene({ revoke: () => ({ status: 503 }) });

  const step = await run('main', { inputs: { ...STEP, run: 'printf x' } });

  assert.equal(step.code, 0);
  assert.match(step.log, /^x$/m);
  assert.match(annotation('warning', step.log), /^could not be closed \(the issuer answered 503\): /);
});

test('nor an error', async () => {
  const { run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'printf x; exit 3' } });

  assert.equal(step.code, 3);
  assert.match(step.log, /^xtaskbound: closed by step end, /m);
  assert.equal(annotation('error', step.log), 'Process completed with exit code 3.');
});

test('and one that ends its last line is followed by no blank one', async () => {
  const { run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'echo x' } });

  assert.match(step.log, /^x\ntaskbound: closed by step end, /m);
});

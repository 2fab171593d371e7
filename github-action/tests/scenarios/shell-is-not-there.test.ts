// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('a shell that is not on the runner is found out before anything is asked for', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran', shell: 'no-such-shell {0}' } });

  assert.equal(step.code, 2);
  assert.equal(annotation('error', step.log), 'shell no-such-shell was not found on this runner');
  assert.deepEqual(issuer.transcript, []);
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

test('the exit code of the command is the exit code of the step', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'exit 3' } });

  assert.equal(step.code, 3);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke token=<task token>');
  assert.equal(step.outputs['closed-by'], 'step');
});

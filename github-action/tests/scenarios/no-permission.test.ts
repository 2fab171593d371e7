// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('a job that may not ask for an ID token hears how to get the permission', async () => {
  const { issuer, run } = await scene();
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' }, env });

  assert.equal(step.code, 2);
  assert.match(annotation('error', step.log), /^ {6}id-token: write$/m);
  assert.match(annotation('error', step.log), /the calling job must grant it too/);
  assert.deepEqual(issuer.transcript, []);
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('a job without the permission hears how to get it', async () => {
  const { run } = await liveScene();
  const env = { ACTIONS_ID_TOKEN_REQUEST_URL: '', ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' };

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' }, env });

  assert.equal(step.code, 2);
  assert.match(step.log, /id-token: write/);
  assert.match(step.log, /reusable workflow, the calling job must grant it too/);
  assert.doesNotMatch(step.log, /^ran$/m);
  assert.deepEqual(step.state, {});
});

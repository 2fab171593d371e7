// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('scope job: the token lives until the job ends, and post ends it', async () => {
  const { run, isAlive } = await liveScene();
  const inputs = { ...STEP, scope: 'job' };

  const step = await run('main', { inputs });
  const token = step.outputs['token'] ?? '';
  assert.equal(await isAlive(token), true);
  const post = await run('post', { inputs });

  assert.equal(post.code, 0);
  assert.match(post.log, /^taskbound: closed by post step, lived /m);
  assert.equal(await isAlive(token), false);
});

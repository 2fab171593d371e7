// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('scope until-closed: the token lives from its step to the step with the action close', async () => {
  const { run, isAlive } = await liveScene();
  const inputs = { ...STEP, scope: 'until-closed' };

  const step = await run('main', { inputs });
  const token = step.outputs['token'] ?? '';
  assert.equal(step.code, 0);
  assert.ok(step.masks.includes(token));
  assert.equal(await isAlive(token), true);

  const close = await run('close', { inputs: { handle: step.outputs['handle'] ?? '' } });
  assert.equal(close.code, 0);
  assert.match(close.log, /^taskbound: closed by close step: /m);
  assert.equal(await isAlive(token), false);

  const post = await run('post', { inputs });
  assert.equal(post.code, 0);
  assert.match(post.log, /^taskbound: was closed by an earlier step: /m);
});

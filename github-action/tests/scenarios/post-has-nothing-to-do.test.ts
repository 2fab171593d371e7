// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

test('after a step that has closed its token post asks nobody anything', async () => {
  const { issuer, run } = await scene();
  await run('main', { inputs: { ...STEP, run: 'true' } });
  const before = issuer.transcript.length;

  const post = await run('post', { inputs: STEP });

  assert.equal(post.code, 0);
  assert.equal(post.stdout, '');
  assert.equal(issuer.transcript.length, before);
});

test('without a state post says nothing', async () => {
  const { issuer, run } = await scene();

  const post = await run('post');

  assert.equal(post.code, 0);
  assert.equal(post.stdout, '');
  assert.deepEqual(issuer.transcript, []);
});

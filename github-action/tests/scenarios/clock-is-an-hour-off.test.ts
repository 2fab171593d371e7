// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { preloading, STEP, scene } from '../rig/scene.js';

test('a runner whose clock is an hour slow gets its token, and closes it', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'true' }, nodeArgs: preloading('late-clock') });

  assert.equal(step.code, 0);
  assert.match(step.log, /^taskbound: closed by step end, lived \d\.\d s/m);
  assert.equal(issuer.forms('/revoke').length, 1);
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

test('a command that is not found is 127, as in a run step, and the token is closed', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'no-such-command-here' } });

  assert.equal(step.code, 127);
  assert.match(step.stderr, /no-such-command-here/);
  assert.equal(issuer.forms('/revoke').length, 1);
});

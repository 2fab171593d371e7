// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('an http issuer that is not on loopback is refused, and its text is not repeated', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'true', issuer: 'http://tokens.acme.example' } });

  assert.equal(step.code, 2);
  assert.equal(annotation('error', step.log), 'issuer must be https (plain http only on a loopback address)');
  assert.deepEqual(issuer.transcript, []);
});

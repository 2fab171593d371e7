// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

test('a fork that outlives the command and holds its streams does not hold the token', async () => {
  const { issuer, start } = await scene();

  const running = start('main', { inputs: { ...STEP, run: 'sleep 30 & echo ready' } });
  await running.printed('ready');
  const began = performance.now();
  const step = await running.ended;

  assert.equal(step.code, 0);
  assert.ok(performance.now() - began < 15_000);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke token=<task token>');
});

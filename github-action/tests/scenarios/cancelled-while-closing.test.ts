// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

const skip = process.platform === 'win32' && 'Windows sends no signals';

test('a cancel while the token is closed leaves that close the seconds that the runner waits', {
  skip,
}, async () => {
  const { issuer, start } = await scene({ revoke: () => 'silence' });
  const running = start('main', { inputs: { ...STEP, run: 'true' } });
  while (issuer.forms('/revoke').length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  const asked = performance.now();
  running.kill('SIGINT');
  const step = await running.ended;

  const took = performance.now() - asked;
  assert.ok(took > 5_000 && took < 10_000, `${took} ms`);
  // The command had ended by itself, and its code counts.
  assert.equal(step.code, 0);
  assert.equal(step.outputs['closed-by'], 'nobody');
  assert.match(step.state['taskbound'] ?? '', /"phase":"held"/);
});

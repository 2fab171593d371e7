// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

const skip = process.platform === 'win32' && 'Windows sends no signals';

test('a cancel while the issuer is asked closes what may have been granted', { skip }, async () => {
  const { issuer, start } = await scene({ token: () => 'silence' });
  const running = start('main', { inputs: { ...STEP, run: 'echo ran' } });
  while (issuer.forms('/token').length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }

  running.kill('SIGINT');
  const step = await running.ended;

  assert.equal(step.code, 130);
  assert.doesNotMatch(step.log, /^ran$/m);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

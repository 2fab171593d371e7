// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

test('a folder that takes no files costs no token', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', {
    inputs: { ...STEP, run: 'echo ran' },
    env: { RUNNER_TEMP: '/nowhere/at/all' },
  });

  assert.equal(step.code, 1);
  assert.match(step.log, /^::error title=taskbound::the action failed unexpectedly \(Error: ENOENT/m);
  assert.equal(issuer.forms('/token').length, 0);
});

test('a state that cannot be saved after the grant closes the token', async () => {
  const { issuer, runner, run } = await scene();
  const files = { GITHUB_OUTPUT: runner.workspace };

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' }, env: files });

  chmodSync(runner.workspace, 0o700);
  assert.equal(step.code, 1);
  assert.doesNotMatch(step.log, /^ran$/m);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke token=<task token>');
});

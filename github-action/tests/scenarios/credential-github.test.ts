// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delivering, githubAnswer } from '../rig/credentials.js';
import { STEP, scene } from '../rig/scene.js';

const show = 'env | cut -d= -f1 | grep -E "^(GH_|GITHUB_TOKEN|GIT_|TASKBOUND_)" | sort';

test('the command gets the credential and not the task token, and both end with it', async () => {
  const { issuer, run } = await scene(delivering('github-app', () => githubAnswer()));

  const step = await run('main', { inputs: { ...STEP, run: show }, env: { GITHUB_TOKEN: 'job' } });

  assert.equal(step.code, 0);
  assert.match(
    step.log,
    /^taskbound: delivered a token of https:\/\/github.com for acme\/shop with contents:write$/m,
  );
  assert.deepEqual(
    step.log.split('\n').filter((line) => /^[A-Z_0-9]+$/.test(line)),
    [
      'GH_TOKEN',
      'GIT_CONFIG_COUNT',
      ...[0, 1, 2, 3].map((n) => `GIT_CONFIG_KEY_${n}`),
      ...[0, 1, 2, 3].map((n) => `GIT_CONFIG_VALUE_${n}`),
      'GIT_TERMINAL_PROMPT',
      'TASKBOUND_HANDLE',
      'TASKBOUND_ISSUER',
    ],
  );
  assert.deepEqual(
    issuer.transcript.map((line) => line.split(' ').slice(0, 2).join(' ')),
    ['GET /id-token', 'POST /token', 'POST /credential', 'POST /revoke'],
  );
  assert.match(issuer.transcript[2] ?? '', /token=<task token> holder_verifier=<holder_verifier>$/);
  assert.ok(step.masks.includes('ghs_0123456789abcdefghijklmnopqrstuvwxyz'));
});

test('nothing of it is left in a file', async () => {
  const { runner, run } = await scene(delivering('github-app', () => githubAnswer()));

  await run('main', { inputs: { ...STEP, run: 'test -n "$GH_TOKEN" && ls "$RUNNER_TEMP"' } });

  assert.deepEqual(
    Object.keys(runner.leftovers()).filter((name) => name.startsWith('taskbound-')),
    [],
  );
});

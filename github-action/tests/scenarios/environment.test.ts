// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

const show = 'env | cut -d= -f1 | grep -E "^(INPUT_|STATE_|ACTIONS_|TASKBOUND_)" | sort';
const env = {
  ACTIONS_RUNTIME_TOKEN: 'r',
  ACTIONS_RESULTS_URL: 'u',
  ACTIONS_CACHE_URL: 'u',
  ACTIONS_RUNTIME_URL: 'u',
};
const OURS = [
  'TASKBOUND_HANDLE',
  'TASKBOUND_HEADER_FILE',
  'TASKBOUND_ISSUER',
  'TASKBOUND_TOKEN',
  'TASKBOUND_TOKEN_FILE',
];

test('the command finds its token, and nothing to ask for another one with', async () => {
  const { run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: show }, env });

  assert.deepEqual(shown(step.log), OURS);
});

test('pass-id-token gives it the means to ask for ID tokens, and nothing else more', async () => {
  const { run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: show, 'pass-id-token': 'true' }, env });

  assert.deepEqual(shown(step.log), [
    'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
    'ACTIONS_ID_TOKEN_REQUEST_URL',
    ...OURS,
  ]);
});

function shown(log: string): string[] {
  return log.split('\n').filter((line) => /^[A-Z_]+$/.test(line));
}

test('the workflow keeps its own variables that begin like ours', async () => {
  const { run } = await scene();
  const own = { STATE_BUCKET: 'b', INPUT_FILE: 'f' };
  const names = 'node -p "Object.keys(process.env).sort().join()"';

  const step = await run('main', { inputs: { ...STEP, run: names }, env: own });

  assert.match(step.log, /,INPUT_FILE,/);
  assert.match(step.log, /,STATE_BUCKET,/);
  assert.doesNotMatch(step.log, /INPUT_TASK|INPUT_RUN/);
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene, PUSH } from '../rig/live-issuer.js';
import { IDENTIFIER, STEP } from '../rig/scene.js';

test('a refusal says who asked, whom to ask, and which rule is missing; the command does not run', async () => {
  const { run } = await liveScene({ ...PUSH, repository_id: '6666', repository: 'mallory/shop' });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' } });

  assert.equal(step.code, 1);
  assert.doesNotMatch(step.log, /^ran$/m);
  const lines = step.log.replace('::error title=taskbound::', '').replaceAll('%0A', '\n').trim().split('\n');
  assert.match(
    lines[0] ?? '',
    /^Refused by .*: invalid_authorization_details \(check the task, the action, the target and the caller/,
  );
  assert.ok(lines.includes(`  sign-release: sign ${IDENTIFIER}`));
  assert.ok(lines.includes('  repository_id        6666'));
  assert.match(step.log, /Ask the policy owner: taskbound policy explain --request-id [A-Z0-9]+/);
  assert.ok(lines.includes('          repository_id: "6666"'));
  assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
});

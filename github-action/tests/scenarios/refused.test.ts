// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, IDENTIFIER, STEP, scene } from '../rig/scene.js';

test('a refusal explains itself, and the command does not run', async () => {
  const body = {
    error: 'invalid_authorization_details',
    error_description: 'not permitted',
    request_id: '01JD5Z',
  };
  const { issuer, run, runner } = await scene({ token: () => ({ status: 400, body }) });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' } });

  assert.equal(step.code, 1);
  const [first, second, ...rest] = annotation('error', step.log).split('\n');
  assert.equal(
    first,
    `Refused by ${issuer.url}: invalid_authorization_details (check the task, the action, the target and the caller: the issuer does not tell which it was)`,
  );
  assert.equal(second, '  not permitted');
  assert.ok(rest.includes(`  sign-release: sign ${IDENTIFIER}`));
  assert.ok(rest.includes('Ask the policy owner: taskbound policy explain --request-id 01JD5Z'));
  assert.ok(rest.includes('          repository_id: "2002"'));
  assert.doesNotMatch(step.log, /^ran$/m);
  assert.equal(issuer.forms('/revoke').length, 0);
  assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
  assert.deepEqual(runner.leftovers(), {});
});

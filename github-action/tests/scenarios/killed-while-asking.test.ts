// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

const skip = process.platform === 'win32' && 'needs kill -9';

test('post closes all of the job when main was killed while it asked', { skip }, async () => {
  const { issuer, runner, start, run } = await scene({ token: () => 'silence' });
  const inputs = { ...STEP, run: 'true' };
  const running = start('main', { inputs });
  while (issuer.forms('/token').length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  running.kill('SIGKILL');
  const killed = await running.ended;
  assert.match(killed.state['taskbound'] ?? '', /"phase":"minting"/);

  const post = await run('post', { inputs });

  assert.equal(post.code, 0);
  assert.match(post.log, /every token of this job was closed/);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
  assert.deepEqual(runner.leftovers(), {});
});

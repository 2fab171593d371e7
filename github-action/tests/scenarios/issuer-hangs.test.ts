// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, preloading, STEP, scene } from '../rig/scene.js';

test('an issuer that never answers ends the step after a minute, and what may have been granted is closed', async () => {
  const { issuer, run } = await scene({ token: () => 'silence' });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' }, nodeArgs: preloading('fast-time') });

  assert.equal(step.code, 1);
  assert.match(
    annotation('error', step.log),
    /^no answer from .* after 3 tries: no whole answer in time\nthe command was not run$/,
  );
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
  assert.match(
    step.log,
    /^taskbound: a token may have been granted that never reached us: every token of this job was closed$/m,
  );
  assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
});

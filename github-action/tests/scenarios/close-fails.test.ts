// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('a close that fails is retried, and then is a warning: the step stays green', async () => {
  const { issuer, run } = await scene({ revoke: () => ({ status: 503 }) });

  const step = await run('main', { inputs: { ...STEP, run: 'true' } });

  assert.equal(step.code, 0);
  assert.equal(issuer.forms('/revoke').length, 3);
  assert.match(
    annotation('warning', step.log),
    /^could not be closed \(the issuer answered 503\): .*\na copy of it could be used until .*Z/,
  );
  assert.equal(step.outputs['closed-by'], 'nobody');
  assert.match(step.state['taskbound'] ?? '', /"phase":"held"/);
});

test('post tries again, with a fresh ID token and the handle', async () => {
  const { issuer, run } = await scene({
    revoke: (form) => ({ status: form['token'] === undefined ? 200 : 503 }),
  });
  await run('main', { inputs: { ...STEP, run: 'true' } });

  const post = await run('post', { inputs: STEP });

  assert.equal(post.code, 0);
  assert.match(post.log, /^taskbound: closed by post step, lived \d+\.\d s: /m);
  assert.equal(issuer.forms('/id-token').length, 2);
  assert.match(issuer.transcript.at(-1) ?? '', /^POST \/revoke subject_token=<ID token> handle=UnVu/);
});

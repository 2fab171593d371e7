// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';
import { HANDLE } from '../rig/stand-in-issuer.js';

test('scope until-closed hands the token out, masked, without a lease that nobody would renew', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, scope: 'until-closed' } });

  assert.equal(step.code, 0);
  const token = step.outputs['token'] ?? '';
  assert.equal(token, issuer.secrets[1]);
  assert.ok(step.masks.includes(token));
  assert.equal(issuer.forms('/token')[0]?.['lease'], undefined);
  assert.equal(issuer.forms('/revoke').length, 0);
  assert.equal(step.outputs['handle'], HANDLE);
  assert.equal(step.outputs['closed-by'], 'nobody');
});

test('the action close ends it by its handle and a fresh ID token; post closes again, and knows', async () => {
  const { issuer, run } = await scene();
  const inputs = { ...STEP, scope: 'until-closed' };
  const step = await run('main', { inputs });

  const close = await run('close', { inputs: { handle: step.outputs['handle'] ?? '' } });
  const post = await run('post', { inputs });

  assert.match(close.log, /^taskbound: closed by close step: /m);
  assert.match(post.log, /^taskbound: was closed by an earlier step: /m);
  assert.doesNotMatch(post.log, /dead|ended/);
  const closing = `POST /revoke subject_token=<ID token> handle=${HANDLE}`;
  assert.deepEqual(
    issuer.transcript.filter((line) => line.includes('/revoke')),
    [closing, closing],
  );
});

test('a lease of the policy between steps is said, and no warning: the author cannot change it', async () => {
  const { run } = await scene();

  const step = await run('main', { inputs: { ...STEP, scope: 'job', lease: '60s' } });

  assert.match(step.log, /^taskbound: the token has a lease of 60 s, and nothing renews it between steps/m);
  assert.doesNotMatch(step.log, /^::warning/m);
});

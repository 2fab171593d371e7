// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

test('the lease is renewed by what the command never sees', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', {
    inputs: { ...STEP, lease: '3s', run: 'env | grep -v ^TASKBOUND_TOKEN=; sleep 1.6' },
  });

  assert.equal(step.code, 0);
  assert.doesNotMatch(step.log, /lost/);
  const verifier = issuer.forms('/renew')[0]?.['holder_verifier'] ?? '';
  assert.match(verifier, /^[A-Za-z0-9_-]{43}$/);
  assert.equal(
    createHash('sha256').update(verifier).digest('base64url'),
    issuer.forms('/token')[0]?.['holder_challenge'],
  );
  assert.ok(!step.log.includes(verifier), 'neither in the environment of the command nor in the log');
  assert.ok(!JSON.stringify(step.state).includes(verifier), 'nor in the state for the post part');
});

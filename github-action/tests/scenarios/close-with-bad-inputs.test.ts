// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, scene } from '../rig/scene.js';

test('an empty handle is a warning: the step that asks may have been skipped', async () => {
  const { issuer, run } = await scene();

  const close = await run('close', { inputs: { handle: '' } });

  assert.equal(close.code, 0);
  assert.match(annotation('warning', close.log), /^handle is empty, so nothing was closed/);
  assert.deepEqual(issuer.transcript, []);
});

test('a handle that is none is refused', async () => {
  const { issuer, run } = await scene();

  const close = await run('close', { inputs: { handle: '*' } });

  assert.equal(close.code, 2);
  assert.match(annotation('error', close.log), /^handle must be the output handle/);
  assert.deepEqual(issuer.transcript, []);
});

test('an issuer that is away leaves the job green', async () => {
  const { issuer, run } = await scene({ revoke: () => ({ status: 503 }) });

  const close = await run('close', { inputs: { handle: 'R.P', issuer: issuer.url } });

  assert.equal(close.code, 0);
  assert.match(annotation('warning', close.log), /^could not be closed \(the issuer answered 503\): R\.P\n/);
});

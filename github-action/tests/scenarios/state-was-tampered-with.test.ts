// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';
import { standInIssuer } from '../rig/stand-in-issuer.js';

const HELD = {
  phase: 'held',
  scope: 'step',
  handle: 'R.P',
  task: 't',
  grantedAt: 1,
  expiresAt: Date.now() + 600_000,
};

test('post sends its ID token where the workflow says, not where the state does', async () => {
  const { issuer, run } = await scene();
  const elsewhere = await standInIssuer();
  const state = { STATE_taskbound: JSON.stringify({ ...HELD, issuer: elsewhere.url }) };

  const post = await run('post', { inputs: { ...STEP, issuer: issuer.url }, env: state });
  await elsewhere.stop();

  assert.equal(post.code, 0);
  assert.equal(issuer.forms('/revoke')[0]?.['handle'], 'R.P');
  assert.deepEqual(elsewhere.transcript, []);
});

test('post removes no folder but its own', async () => {
  const { issuer, runner, run } = await scene();
  const foreign = join(runner.workspace, 'taskbound-abcdef');
  mkdirSync(foreign);
  const state = { STATE_taskbound: JSON.stringify({ ...HELD, issuer: issuer.url, folder: foreign }) };

  const post = await run('post', { inputs: STEP, env: state });

  assert.equal(post.code, 0);
  assert.ok(existsSync(foreign));
});

test('a state that is not ours is as none', async () => {
  const { issuer, run } = await scene();

  for (const text of [
    '',
    'x',
    '[]',
    '{"phase":"held"}',
    JSON.stringify({ ...HELD, issuer: issuer.url, handle: '../x' }),
  ]) {
    const post = await run('post', { inputs: STEP, env: { STATE_taskbound: text } });
    assert.equal(post.code, 0);
  }
  assert.deepEqual(issuer.transcript, []);
});

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

for (const state of [HELD, { phase: 'minting' }]) {
  test(`an address that a state (${state.phase}) brings gets no ID token that is made out to another`, async () => {
    const { issuer, run } = await scene();
    const elsewhere = await standInIssuer();
    const forged = { STATE_taskbound: JSON.stringify({ ...state, issuer: elsewhere.url }) };
    const inputs = { ...STEP, 'id-token-audience': issuer.url };

    const post = await run('post', { inputs, env: forged });
    await elsewhere.stop();

    assert.equal(post.code, 0);
    assert.deepEqual(
      issuer.forms('/id-token').map((asked) => asked['audience']),
      [elsewhere.url],
    );
  });
}

test('the audience that the workflow names goes with the issuer that it names', async () => {
  const { issuer, run } = await scene();
  const state = { STATE_taskbound: JSON.stringify({ ...HELD, issuer: 'https://elsewhere.example' }) };
  const inputs = { ...STEP, issuer: issuer.url, 'id-token-audience': 'acme' };

  await run('post', { inputs, env: state });

  assert.equal(issuer.forms('/id-token')[0]?.['audience'], 'acme');
  assert.equal(issuer.forms('/revoke')[0]?.['handle'], 'R.P');
});

test('a state that says that the token has expired saves no close', async () => {
  const { issuer, run } = await scene();
  const state = { STATE_taskbound: JSON.stringify({ ...HELD, issuer: issuer.url, expiresAt: 1 }) };

  const post = await run('post', { inputs: STEP, env: state });

  assert.match(post.log, /^taskbound: had already ended: R\.P$/m);
  assert.equal(issuer.forms('/revoke')[0]?.['handle'], 'R.P');
});

test('the command is not shown where the state lies', async () => {
  const { run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'echo "state: [$GITHUB_STATE]"' } });

  assert.match(step.log, /^state: \[\]$/m);
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

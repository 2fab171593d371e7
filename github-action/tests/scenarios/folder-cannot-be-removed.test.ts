// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

const skip =
  (process.platform === 'win32' && 'needs modes of files') ||
  (process.getuid?.() === 0 && 'root may remove it');

test('a folder of the step that cannot be removed is a warning, and no token stays in it', {
  skip,
}, async () => {
  const { issuer, runner, run } = await scene();
  const script = 'cd "${TASKBOUND_TOKEN_FILE%/*}" && mkdir kept && touch kept/file && chmod 500 kept';

  const step = await run('main', { inputs: { ...STEP, run: script } });

  const [folder = ''] = readdirSync(runner.temp);
  chmodSync(join(runner.temp, folder, 'kept'), 0o700);
  assert.equal(step.code, 0);
  assert.match(annotation('warning', step.log), /^the files for the command could not be removed \(E\w+\)$/);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke token=<task token>');
  assert.ok(!existsSync(join(runner.temp, folder, 'token')));
  assert.ok(!existsSync(join(runner.temp, folder, 'header')));
});

test('post closes the token although it cannot remove the folder', { skip }, async () => {
  const { issuer, runner, run } = await scene();
  const folder = join(runner.temp, 'taskbound-abcdef');
  const kept = join(folder, 'kept');
  mkdirSync(kept, { recursive: true });
  writeFileSync(join(kept, 'file'), '');
  writeFileSync(join(folder, 'token'), 'secret');
  chmodSync(kept, 0o500);
  const held = { phase: 'held', scope: 'step', handle: 'R.P', task: 't', grantedAt: 1, expiresAt: 9e15 };
  const state = { STATE_taskbound: JSON.stringify({ ...held, issuer: issuer.url, folder }) };

  const post = await run('post', { inputs: STEP, env: state });

  chmodSync(kept, 0o700);
  assert.equal(post.code, 0);
  assert.match(annotation('warning', post.log), /^the files of the step could not be removed \(E\w+\)$/);
  assert.equal(issuer.forms('/revoke')[0]?.['handle'], 'R.P');
  assert.ok(!existsSync(join(folder, 'token')));
});

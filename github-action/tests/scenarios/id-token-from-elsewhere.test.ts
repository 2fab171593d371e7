// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { annotation, STEP } from '../rig/scene.js';
import { HANDLE, jwt, standInIssuer } from '../rig/stand-in-issuer.js';
import { standInRunner } from '../rig/stand-in-runner.js';

/** As under act or Forgejo: a runner that offers no ID tokens. */
async function withoutEndpoint() {
  const issuer = await standInIssuer();
  const runner = standInRunner({ TASKBOUND_ISSUER: issuer.url });
  after(async () => {
    runner.remove();
    await issuer.stop();
  });
  return { issuer, runner, idToken: jwt({ aud: issuer.url }) };
}

test('the ID token may be in a variable, which the command does not see', async () => {
  const { issuer, runner, idToken } = await withoutEndpoint();

  const step = await runner.run('main', {
    inputs: { ...STEP, run: 'env | grep ELSEWHERE || echo done', 'id-token-env': 'ELSEWHERE' },
    env: { ELSEWHERE: `${idToken}\n` },
  });

  assert.equal(step.code, 0);
  assert.equal(issuer.forms('/token')[0]?.['subject_token'], idToken);
  assert.match(step.log, /^done$/m);
  assert.doesNotMatch(step.log, /ELSEWHERE/);
  assert.ok(step.masks.includes(idToken));
});

test('or in a file of the workspace', async () => {
  const { issuer, runner, idToken } = await withoutEndpoint();
  writeFileSync(join(runner.workspace, 'id-token'), `${idToken}\n`);

  const step = await runner.run('main', { inputs: { ...STEP, run: 'true', 'id-token-file': 'id-token' } });

  assert.equal(step.code, 0);
  assert.equal(issuer.forms('/token')[0]?.['subject_token'], idToken);
});

test('or be printed by a command, which finds the audience; post and close ask it too', async () => {
  const { issuer, runner, idToken } = await withoutEndpoint();
  writeFileSync(join(runner.workspace, 'id-token'), idToken);
  const command = `test "$TASKBOUND_AUDIENCE" = '${issuer.url}' && echo asked >&2 && cat id-token`;
  const inputs = { ...STEP, scope: 'until-closed', 'id-token-command': command };

  const step = await runner.run('main', { inputs });
  const close = await runner.run('close', {
    inputs: { handle: HANDLE, issuer: issuer.url, 'id-token-command': command },
  });

  assert.equal(step.code, 0);
  assert.ok(!step.log.includes(idToken));
  assert.match(close.log, /^taskbound: closed by close step/m);
  assert.equal(issuer.forms('/revoke')[0]?.['subject_token'], idToken);
});

for (const [inputs, why] of [
  [{ 'id-token-env': 'ELSEWHERE' }, 'no ID token: the variable ELSEWHERE is not set'],
  [{ 'id-token-file': 'none' }, 'no ID token: the file of id-token-file cannot be read'],
  [{ 'id-token-command': 'echo CANARY; exit 3' }, 'no ID token: id-token-command ended with exit code 3'],
  [
    { 'id-token-command': 'echo CANARY CANARY' },
    'no ID token: what id-token-command printed holds no ID token',
  ],
] as const) {
  test(`says why there is none: ${why}`, async () => {
    const { issuer, runner } = await withoutEndpoint();

    const step = await runner.run('main', { inputs: { ...STEP, run: 'true', ...inputs } });

    assert.equal(step.code, 1);
    assert.ok(annotation('error', step.log).startsWith(why));
    assert.doesNotMatch(step.log, /CANARY/);
    assert.deepEqual(issuer.transcript, []);
  });
}

test('two sources and a secret in the place of a name are wrong settings', async () => {
  const { runner } = await withoutEndpoint();

  const two = await runner.run('main', {
    inputs: { ...STEP, run: 'true', 'id-token-env': 'A', 'id-token-file': 'b' },
  });
  const secret = await runner.run('main', {
    inputs: { ...STEP, run: 'true', 'id-token-env': 'CANARY.CANARY' },
  });

  assert.deepEqual([two.code, secret.code], [2, 2]);
  assert.match(two.log, /exclude each other: give one of them/);
  assert.match(secret.log, /takes the name of a variable, not the ID token itself/);
  assert.doesNotMatch(secret.log, /CANARY/);
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';
import { standInIssuer } from '../rig/stand-in-issuer.js';

// What a step of others can do to a later one: write TASKBOUND_ISSUER to $GITHUB_ENV.

test('close asks the issuer of its input, whatever the variable says', async () => {
  const { issuer, run } = await scene();
  const elsewhere = await standInIssuer();
  after(elsewhere.stop);

  const inputs = { handle: 'R.P', issuer: issuer.url };
  const close = await run('close', { inputs, env: { TASKBOUND_ISSUER: elsewhere.url } });

  assert.equal(close.code, 0);
  assert.doesNotMatch(close.log, /^::warning/m);
  assert.equal(issuer.forms('/revoke')[0]?.['handle'], 'R.P');
  assert.deepEqual(elsewhere.transcript, []);
});

test('close warns when it knows its issuer by the variable alone', async () => {
  const { run } = await scene();

  const close = await run('close', { inputs: { handle: 'R.P' } });

  assert.equal(close.code, 0);
  assert.match(annotation('warning', close.log), /^the issuer was taken from the variable TASKBOUND_ISSUER/);
  assert.match(close.log, /^taskbound: closed by close step: R\.P$/m);
});

for (const [part, inputs] of [
  ['main', { ...STEP, run: 'true' }],
  ['close', { handle: 'R.P' }],
] as const) {
  test(`${part} gives nobody whom a variable names an ID token for somebody else`, async () => {
    const { issuer, run } = await scene();

    const step = await run(part, {
      inputs: { ...inputs, 'id-token-audience': 'https://tokens.acme.example' },
    });

    assert.equal(step.code, 2);
    assert.match(annotation('error', step.log), /^id-token-audience needs the input issuer/);
    assert.deepEqual(issuer.transcript, []);
  });
}

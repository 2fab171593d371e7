// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { delivering, githubAnswer } from '../rig/credentials.js';
import { annotation, STEP, scene } from '../rig/scene.js';

const COMMAND = { ...STEP, run: 'echo the command runs' };

test('a refusal is told in its own words; the command does not run and the token is closed', async () => {
  const refusal = {
    error: 'invalid_target',
    error_description: 'The app is not installed on acme/shop.',
    request_id: '01JD5Z',
  };
  const { issuer, run } = await scene(delivering('github-app', () => ({ status: 400, body: refusal })));

  const step = await run('main', { inputs: COMMAND });

  assert.equal(step.code, 1);
  assert.equal(
    annotation('error', step.log),
    [
      'no credential was delivered: invalid_target: The app is not installed on acme/shop.',
      'request id: 01JD5Z',
      'the command was not run',
    ].join('\n'),
  );
  assert.doesNotMatch(step.log, /the command runs/);
  assert.equal(issuer.forms('/revoke').length, 1);
  assert.equal(step.outputs['closed-by'], 'step');
});

test('a service that is away is asked again', async () => {
  const { issuer, run } = await scene(
    delivering('github-app', (_, nth) =>
      nth === 1 ? { status: 503, headers: { 'retry-after': '1' } } : githubAnswer(),
    ),
  );

  const step = await run('main', { inputs: COMMAND });

  assert.equal(step.code, 0);
  assert.equal(issuer.forms('/credential').length, 2);
  assert.match(step.log, /the command runs/);
});

const UNUSABLE: Readonly<Record<string, object>> = {
  'credential.token holds a character that it may not have, or has not its length': {
    credential: { token: 'ghs_0123456789\n::add-mask::x' },
  },
  'server_url must be https (plain http only on a loopback address), without user, query and fragment': {
    server_url: 'http://github.com',
  },
  'kind is not the granted one': { kind: 'openbao' },
};

for (const [fault, changes] of Object.entries(UNUSABLE)) {
  test(`nothing of an answer that is not whole is handed out: ${fault}`, async () => {
    const { issuer, run } = await scene(delivering('github-app', () => githubAnswer(changes)));

    const step = await run('main', { inputs: COMMAND });

    assert.equal(step.code, 1);
    assert.match(annotation('error', step.log), new RegExp(fault.replace(/[()]/g, '.')));
    assert.doesNotMatch(step.log, /the command runs/);
    assert.equal(issuer.forms('/revoke').length, 1);
  });
}

test('a kind of a later version is not asked for', async () => {
  const { issuer, run } = await scene(delivering('azure-role', () => githubAnswer()));

  const step = await run('main', { inputs: COMMAND });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /does not know credentials of the kind azure-role/);
  assert.equal(issuer.forms('/credential').length, 0);
  assert.equal(issuer.forms('/revoke').length, 1);
});

for (const scope of ['until-closed', 'job']) {
  test(`scope ${scope} gets none: only a command can have it`, async () => {
    const { issuer, run } = await scene(delivering('aws-role', () => githubAnswer()));

    const step = await run('main', { inputs: { ...STEP, scope } });

    assert.equal(step.code, 1);
    assert.equal(
      annotation('error', step.log),
      'this task delivers a credential (aws-role), and only a command can have it\nwrite run: <command> instead of scope',
    );
    assert.equal(step.outputs['token'], undefined);
    assert.equal(issuer.forms('/credential').length, 0);
    assert.equal(issuer.forms('/revoke').length, 1);
  });
}

test('a cancel while it is asked for closes the token and runs nothing', async () => {
  const { issuer, start } = await scene(delivering('github-app', () => 'silence'));

  const step = start('main', { inputs: COMMAND });
  await step.printed('taskbound: handle ');
  while (issuer.forms('/credential').length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  step.kill('SIGTERM');
  const ended = await step.ended;

  assert.equal(ended.code, 143);
  assert.equal(issuer.forms('/revoke').length, 1);
  assert.match(ended.log, /closed by cancel/);
  assert.doesNotMatch(ended.log, /the command runs/);
});

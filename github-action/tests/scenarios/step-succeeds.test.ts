// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IDENTIFIER, STEP, scene } from '../rig/scene.js';
import { HANDLE } from '../rig/stand-in-issuer.js';

test('a command gets the token, and it is closed before the step returns', async () => {
  const { issuer, runner, run } = await scene();

  const step = await run('main', {
    inputs: { ...STEP, run: 'echo "length ${#TASKBOUND_TOKEN}"\necho warning >&2' },
  });

  assert.equal(step.code, 0);
  assert.deepEqual(issuer.transcript, [
    `GET /id-token api-version=2.0 audience=${issuer.url}`,
    'POST /token grant_type=urn:ietf:params:oauth:grant-type:token-exchange subject_token=<ID token> ' +
      'subject_token_type=urn:ietf:params:oauth:token-type:id_token ' +
      `authorization_details=[{"type":"task","task":"sign-release","actions":["sign"],"identifier":"${IDENTIFIER}"}] ` +
      'txn=<txn> holder_challenge=<holder_challenge> lease=60',
    'POST /revoke token=<task token>',
  ]);
  const [granted, handle, length, closed] = step.log.split('\n');
  assert.equal(granted, `taskbound: granted sign-release: sign ${IDENTIFIER} at https://signer.acme.example`);
  assert.match(
    handle ?? '',
    new RegExp(`^taskbound: handle ${HANDLE}, expires .*Z, dies 60 s after its last heartbeat$`),
  );
  assert.equal(length, `length ${issuer.secrets[1]?.length}`);
  assert.match(closed ?? '', /^taskbound: closed by step end, lived \d+\.\d s: /);
  assert.equal(step.stderr, 'warning\n');
  assert.equal(step.outputs['handle'], HANDLE);
  assert.equal(step.outputs['closed-by'], 'step');
  assert.equal(step.outputs['txn'], issuer.forms('/token')[0]?.['txn']);
  assert.match(step.outputs['expires-at'] ?? '', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  assert.equal(step.outputs['token'], undefined);
  assert.deepEqual(step.state, { taskbound: '{"phase":"done"}' });
  assert.deepEqual(runner.leftovers(), {});
});

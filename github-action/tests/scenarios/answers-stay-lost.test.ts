// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, preloading, STEP, scene } from '../rig/scene.js';

test('when every answer is lost, all tokens of the job are closed', async () => {
  const { issuer, run } = await scene({ token: () => 'cut' });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' }, nodeArgs: preloading('fast-time') });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /after 4 tries: no whole answer \(ECONNRESET\)/);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

test('a replay after a lost answer is explained, and closed', async () => {
  const body = {
    error: 'invalid_request',
    error_description: 'ID token was exchanged already',
    request_id: '01JD5Z',
  };
  const { issuer, run } = await scene({ token: (_, nth) => (nth === 1 ? 'cut' : { status: 400, body }) });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' } });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /An earlier try got no answer and may have been granted/);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

test('a gateway that breaks down after the issuer has granted leaves no token', async () => {
  const { issuer, run } = await scene({ token: () => ({ status: 500, body: '<html>' }) });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' } });

  assert.equal(step.code, 1);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

for (const [name, body, inputs] of [
  ['a fault that the issuer itself reports', { error: 'server_error' }, {}],
  ['a gateway that breaks down in a dry run', '<html>', { 'dry-run': 'true' }],
] as const) {
  test(`${name} closes nothing: no token can have been granted`, async () => {
    const { issuer, run } = await scene({ token: () => ({ status: 500, body }) });

    const step = await run('main', { inputs: { ...STEP, ...inputs, run: 'echo ran' } });

    assert.equal(step.code, 1);
    assert.deepEqual(issuer.forms('/revoke'), []);
  });
}

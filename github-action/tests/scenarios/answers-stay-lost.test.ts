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

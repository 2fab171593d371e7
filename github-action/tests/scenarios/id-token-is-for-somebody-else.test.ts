// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';
import { granted, HANDLE, jwt } from '../rig/stand-in-issuer.js';

const foreign = () => ({ status: 200, body: { value: jwt({ aud: 'https://tokens.acme.example' }) } });

test('an ID token that the runner made for somebody else is not sent, and nothing is left to close', async () => {
  const { issuer, run } = await scene({ idToken: foreign });

  const step = await run('main', { inputs: { ...STEP, run: 'touch ran' } });
  const post = await run('post');

  assert.equal(step.code, 1);
  assert.match(
    annotation('error', step.log),
    /^the ID token was not sent to http:.*: the ID token is for "https:\/\/tokens\.acme\.example"\n/,
  );
  assert.match(step.log, /the command was not run/);
  assert.equal(post.log, '');
  assert.ok(issuer.transcript.every((line) => line.startsWith('GET /id-token')));
});

test('nor to close a token by its handle', async () => {
  const { issuer, run } = await scene({ idToken: foreign });

  const step = await run('close', { inputs: { handle: HANDLE, issuer: issuer.url } });

  assert.equal(step.code, 0);
  assert.match(annotation('warning', step.log), /could not be closed \(the ID token is for /);
  assert.deepEqual(issuer.forms('/revoke'), []);
});

test('a token that is another than its handle says is not used and not shown', async () => {
  const token = jwt({ jti: 'somebody.elses' });
  const { issuer, run } = await scene({ token: (form) => granted(form, token) });

  const step = await run('main', { inputs: { ...STEP, run: 'touch ran' } });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /the address answered 200 without a whole grant/);
  assert.ok(!`${step.log}${step.summary}`.includes(token));
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

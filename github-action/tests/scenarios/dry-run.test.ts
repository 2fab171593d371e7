// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';
import { granted, jwt } from '../rig/stand-in-issuer.js';

test('a dry run that would be granted issues nothing and runs nothing', async () => {
  const { issuer, run, runner } = await scene({
    token: () => ({ status: 200, body: { would_grant: true } }),
  });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran', 'dry-run': 'true' } });

  assert.equal(step.code, 0);
  assert.equal(
    step.log,
    'taskbound: a dry run: this would be granted. Nothing was issued and the command was not run.\n',
  );
  assert.equal(issuer.forms('/token')[0]?.['dry_run'], 'true');
  assert.deepEqual(step.state, {});
  assert.deepEqual(runner.leftovers(), {});
});

test('a dry run needs neither a command nor a scope', async () => {
  const { issuer, run } = await scene({ token: () => ({ status: 200, body: { would_grant: true } }) });

  const step = await run('main', { inputs: { ...STEP, 'dry-run': 'true' } });

  assert.equal(step.code, 0);
  assert.match(step.log, /this would be granted/);
  assert.equal(issuer.forms('/token')[0]?.['dry_run'], 'true');
  assert.deepEqual(step.outputs, {});
});

test('without dry-run a command or a scope is needed as before', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, 'dry-run': 'false' } });

  assert.equal(step.code, 2);
  assert.deepEqual(issuer.transcript, []);
});

test('a dry run that would be refused fails', async () => {
  const body = { error: 'invalid_target', request_id: '01JD5Z' };
  const { run } = await scene({ token: () => ({ status: 400, body }) });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran', 'dry-run': 'true' } });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /^Refused by .*: invalid_target/);
});

test('an issuer that knows no dry runs and grants: nothing runs, and the token is closed', async () => {
  const { issuer, run } = await scene({ token: (form) => granted(form, jwt({})) });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran', 'dry-run': 'true' } });

  assert.equal(step.code, 1);
  assert.doesNotMatch(step.log, /^ran$/m);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

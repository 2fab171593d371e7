// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';
import { HANDLE } from '../rig/stand-in-issuer.js';

test('the receipt is verified and written after the token is closed, and named in output and summary', async () => {
  const { issuer, runner, run } = await scene();
  const file = join(runner.workspace, 'receipt.json');

  const step = await run('main', { inputs: { ...STEP, run: 'exit 0', receipt: file } });

  assert.equal(step.code, 0);
  assert.deepEqual(issuer.transcript.slice(-3), [
    'POST /revoke token=<task token>',
    'POST /receipt token=<task token> holder_verifier=<holder_verifier>',
    'GET /.well-known/jwks.json',
  ]);
  assert.equal(readFileSync(file, 'utf8'), `${issuer.receipt}\n`);
  assert.equal(step.outputs['receipt'], file);
  assert.match(step.log, /^taskbound: the receipt is in /m);
  const summary = step.summary.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
  assert.match(summary, /\| redeemed \| once: sign by signer at 2026-11-23T10:00:01\.560Z \|/);
  assert.match(summary, /\| ended \| used up: signer redeemed its last use, at 2026-11-23T10:00:01\.560Z \|/);
  assert.match(summary, /\| signature \| valid, by key [\w-]{43} \|/);
  assert.match(summary, /\| receipt \| .*receipt\.json \|/);
});

test('without the input nobody asks for a receipt, nor for keys', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, run: 'exit 0' } });

  assert.equal(issuer.forms('/receipt').length, 0);
  assert.equal(issuer.forms('/.well-known/jwks.json').length, 0);
  assert.equal(step.outputs['receipt'], undefined);
  assert.doesNotMatch(step.summary, /redeemed/);
});

test('a receipt that cannot be had is a warning, and the exit code stays', async () => {
  for (const receipt of [
    () => ({ status: 400, body: { error: 'invalid_grant', request_id: 'r' } }),
    () => ({ status: 200, body: '<html>' }),
    () => ({ status: 404 }),
  ]) {
    const { issuer, runner, run } = await scene({ receipt });
    const file = join(runner.workspace, 'receipt.json');

    const step = await run('main', { inputs: { ...STEP, run: 'exit 0', receipt: file } });

    assert.equal(step.code, 0);
    assert.match(annotation('warning', step.log), /no receipt in .*the step is as it was/);
    assert.equal(issuer.forms('/.well-known/jwks.json').length, 0);
    assert.equal(step.outputs['closed-by'], 'step');
    assert.equal(step.outputs['receipt'], undefined);
    assert.match(step.summary, /closed by/);
  }
});

test('a file that cannot be written is a warning too', async () => {
  const { runner, run } = await scene();
  writeFileSync(join(runner.workspace, 'file'), '');

  const inputs = { ...STEP, run: 'exit 3', receipt: join(runner.workspace, 'file', 'receipt.json') };
  const step = await run('main', { inputs });

  assert.equal(step.code, 3);
  assert.match(step.log, /^::warning .*no receipt in .*it could not be written/m);
  assert.equal(step.outputs['receipt'], undefined);
});

test('the action close writes it by the handle and an ID token of the run', async () => {
  const { issuer, runner, run } = await scene();
  const inputs = { ...STEP, scope: 'until-closed' };
  await run('main', { inputs });
  const file = join(runner.workspace, 'receipt.json');

  const close = await run('close', { inputs: { handle: HANDLE, receipt: file } });

  assert.equal(close.code, 0);
  assert.equal(issuer.transcript.at(-2), `POST /receipt subject_token=<ID token> handle=${HANDLE}`);
  assert.equal(readFileSync(file, 'utf8'), `${issuer.receipt}\n`);
  assert.equal(close.outputs['receipt'], file);
});

test('post writes it for a token that nobody closed before', async () => {
  const { issuer, runner, run } = await scene();
  const file = join(runner.workspace, 'receipt.json');
  const inputs = { ...STEP, scope: 'job', receipt: 'receipt.json' };
  await run('main', { inputs });

  const post = await run('post', { inputs });

  assert.equal(post.code, 0);
  assert.match(post.log, /^taskbound: closed by post step/m);
  assert.equal(readFileSync(file, 'utf8'), `${issuer.receipt}\n`);
});

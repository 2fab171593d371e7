// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { contractText } from '../rig/contract.js';
import { newSigningKey, receiptOf, SIGNING_KEY, signedReceipt } from '../rig/receipts.js';
import { annotation, type Scene, STEP, scene } from '../rig/scene.js';
import { HANDLE } from '../rig/stand-in-issuer.js';
import type { Finished } from '../rig/stand-in-runner.js';

/** Each by what the issuer at that URL sends instead of the receipt, and what the warning says of it. */
const FORGED: Readonly<Record<string, readonly [(url: string) => string, RegExp]>> = {
  'with one use less': [
    (url) => changed(signedReceipt(ours(url)), ours(url).replace('"use_count":1', '"use_count":0')),
    /its signature does not verify: it was changed, or another key signed it/,
  ],
  "of a stranger under the issuer's key id": [
    (url) => signedReceipt(ours(url), newSigningKey(SIGNING_KEY.kid)),
    /its signature does not verify/,
  ],
  'by a key that is not published': [
    (url) => signedReceipt(ours(url), newSigningKey()),
    /none of the keys that the issuer publishes has its key id/,
  ],
  'that names another issuer': [
    () => signedReceipt(receiptOf({ issuer: 'https://other.example', handle: HANDLE })),
    /it names another issuer: if https:\/\/other\.example is yours, write the input issuer like that/,
  ],
  'of another token of this issuer': [
    (url) => signedReceipt(receiptOf({ issuer: url, handle: `${HANDLE}x` })),
    /it is the receipt of another token/,
  ],
  'with a member twice': [
    (url) => signedReceipt(ours(url)).replace('{', '{"payloadType":"x",'),
    /it is not a DSSE envelope/,
  ],
  'with a statement that has a member twice': [
    (url) => signedReceipt(ours(url).replace('"use_count":1', '"use_count":0,"use_count":1')),
    /what was signed is not a receipt that this version knows/,
  ],
  'of another issuer, whole': [
    () => contractText('receipt/receipt.intoto.json'),
    /none of the keys that the issuer publishes has its key id/,
  ],
};

for (const [what, [forge, why]] of Object.entries(FORGED)) {
  test(`a receipt ${what} is neither written nor shown; a green step stays green`, async () => {
    const { step, file } = await stepWith(forge);

    const [first = '', ...more] = annotation('warning', step.log).split('\n');
    assert.ok(first.startsWith(`no receipt in ${file} (what came was not kept: `), first);
    assert.match(first, why);
    assert.ok(first.endsWith('); the step is as it was'), first);
    assert.deepEqual(more, [`the issuer's operator can get it: taskbound receipt ${HANDLE}`]);
    nothingIsKept(step, file);
  });
}

test('nor one that post is given, for a token that it closed', async () => {
  const { run, file } = await sceneWith((url) => signedReceipt(ours(url), newSigningKey()));
  const inputs = { ...STEP, scope: 'job', receipt: 'receipt.json' };
  await run('main', { inputs });

  const post = await run('post', { inputs });

  assert.match(post.log, /^taskbound: closed by post step/m);
  assert.match(annotation('warning', post.log), /what came was not kept: none of the keys/);
  nothingIsKept(post, file);
});

test('nor one that the action close is given', async () => {
  const { run, file } = await sceneWith((url) => signedReceipt(ours(url), newSigningKey()));
  await run('main', { inputs: { ...STEP, scope: 'until-closed' } });

  const close = await run('close', { inputs: { handle: HANDLE, receipt: file } });

  // Beside the one about the variable TASKBOUND_ISSUER.
  assert.match(
    close.log,
    /^::warning title=taskbound::no receipt in .*what came was not kept: none of the keys/m,
  );
  nothingIsKept(close, file);
});

async function stepWith(forge: (url: string) => string): Promise<{ step: Finished; file: string }> {
  const { run, file } = await sceneWith(forge);
  return { step: await run('main', { inputs: { ...STEP, run: 'exit 0', receipt: file } }), file };
}

async function sceneWith(forge: (url: string) => string): Promise<Pick<Scene, 'run'> & { file: string }> {
  let body = '';
  const { issuer, runner, run } = await scene({ receipt: () => ({ status: 200, body }) });
  body = forge(issuer.url);
  return { run, file: join(runner.workspace, 'receipt.json') };
}

function nothingIsKept(step: Finished, file: string): void {
  assert.equal(step.code, 0);
  assert.equal(existsSync(file), false);
  assert.equal(step.outputs['receipt'], undefined);
  assert.match(step.summary, /\| closed by \|/);
  assert.doesNotMatch(step.summary, /redeemed|ended|signature/);
}

function ours(url: string): string {
  return receiptOf({ issuer: url, handle: HANDLE });
}

/** Another statement below the same signature. */
function changed(envelope: string, statement: string): string {
  return JSON.stringify({ ...JSON.parse(envelope), payload: Buffer.from(statement).toString('base64') });
}

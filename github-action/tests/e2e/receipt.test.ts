// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { type LiveScene, liveScene } from '../rig/live-issuer.js';
import { type Meddling, meddler } from '../rig/meddler.js';
import { jwksOf, newSigningKey } from '../rig/receipts.js';
import { annotation, STEP } from '../rig/scene.js';
import type { Finished } from '../rig/stand-in-runner.js';

test('the receipt of a step is one that taskbound verify accepts', async () => {
  const { run, runner, url } = await liveScene();
  const file = join(runner.workspace, 'receipt.json');

  const step = await run('main', { inputs: { ...STEP, run: 'exit 0', receipt: file } });

  assert.equal(step.code, 0);
  assert.equal(step.outputs['receipt'], file);
  assert.match(
    plain(step.summary),
    /\| redeemed \| never \|\n\| ended \| closed by its holder, at .*Z \|\n\| signature \| valid, by key /,
  );
  const said = await verified(file, url);
  assert.match(said, /^ended .*, closed by its holder, after /m);
  assert.match(said, /^signature +valid, by key /m);
});

test('so are those that the action close and post get by the handle', async () => {
  const { run, runner, url } = await liveScene();
  const file = join(runner.workspace, 'receipt.json');
  const inputs = { ...STEP, scope: 'until-closed', receipt: 'by-post.json' };
  const step = await run('main', { inputs });

  const handle = step.outputs['handle'] ?? '';
  const close = await run('close', { inputs: { handle, issuer: url, receipt: file } });
  const post = await run('post', { inputs });

  assert.equal(close.outputs['receipt'], file);
  assert.equal(post.code, 0);
  assert.match(plain(close.summary), /\| ended \| closed by its run, by its handle, at .*Z \|/);
  assert.match(await verified(file, url), /^ended .*, closed by its run, by its handle, after /m);
});

for (const [what, meddling, why] of [
  [
    'one changed byte',
    onlyOf('/receipt', (text) => text.replace('"payload":"eyJf', '"payload":"eyJe')),
    /its signature does not verify: it was changed, or another key signed it/,
  ],
  [
    'a key set of somebody else',
    onlyOf('/.well-known/jwks.json', () => jwksOf(newSigningKey())),
    /none of the keys that the issuer publishes has its key id/,
  ],
  // The address that was asked is not the one that the issuer goes by.
  ['no change at all', (_, body) => body, /it names another issuer: if http:\/\/127\.0\.0\.1:\d+ is yours/],
] satisfies readonly (readonly [string, Meddling, RegExp])[]) {
  test(`a server before the issuer, with ${what}: nothing is kept or shown`, async () => {
    const live = await liveScene();
    const file = join(live.runner.workspace, 'receipt.json');

    const step = await through(await meddler(live.url, meddling), live, file);

    assert.match(annotation('warning', step.log), why);
    nothingIsKept(step, file);
  });
}

test("a server that hands out another token's receipt: nothing is kept or shown", async () => {
  const live = await liveScene();
  const first = join(live.runner.workspace, 'first.json');
  await live.run('main', { inputs: { ...STEP, run: 'exit 0', receipt: first } });
  const old = readFileSync(first, 'utf8');
  const file = join(live.runner.workspace, 'receipt.json');

  const step = await through(
    await meddler(
      live.url,
      onlyOf('/receipt', () => old),
    ),
    live,
    file,
  );

  assert.match(annotation('warning', step.log), /it is the receipt of another token/);
  nothingIsKept(step, file);
});

function onlyOf(path: string, change: (body: string) => string): Meddling {
  return (asked, body) => (asked === path ? change(body) : body);
}

function through(issuer: string, { run, url }: LiveScene, receipt: string): Promise<Finished> {
  return run('main', { inputs: { ...STEP, issuer, 'id-token-audience': url, run: 'exit 0', receipt } });
}

function nothingIsKept(step: Finished, file: string): void {
  assert.equal(step.code, 0);
  assert.equal(step.outputs['closed-by'], 'step');
  assert.equal(step.outputs['receipt'], undefined);
  assert.equal(existsSync(file), false);
  assert.doesNotMatch(plain(step.summary), /redeemed|ended|signature/);
}

/** What the command line says of a receipt; fails if it does not accept it. */
async function verified(file: string, issuer: string): Promise<string> {
  const home = process.env['JAVA_HOME'];
  const java = home ? join(home, 'bin', 'java') : 'java';
  const jar = join('..', 'cli', 'target', 'taskbound.jar');
  const args = ['-jar', jar, 'verify', `@${file}`, '--issuer', issuer];
  return (await promisify(execFile)(java, args)).stdout;
}

function plain(summary: string): string {
  return summary.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)));
}

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { jwksOf, newSigningKey, SIGNING_KEY } from '../rig/receipts.js';
import { annotation, STEP, scene } from '../rig/scene.js';
import { type Answer, HANDLE } from '../rig/stand-in-issuer.js';

const KEYS = '/.well-known/jwks.json';

/** Each by what the issuer sends instead of its key set, what the warning says of it, and how often it was asked. */
const ANSWERS: Readonly<Record<string, readonly [Answer, RegExp, number]>> = {
  'a fault': [{ status: 500 }, /the address answered 500 without usable keys/, 1],
  'an issuer that is busy': [{ status: 503, headers: { 'retry-after': '0' } }, /the issuer answered 503/, 3],
  'a redirect': [
    { status: 302, headers: { location: '/elsewhere' } },
    /the address answered 302, a redirect, and redirects are not followed/,
    1,
  ],
  'a web page': [{ status: 200, body: '<html>' }, /the address answered 200 without usable keys/, 1],
  'a key set without a key on P-256': [
    { status: 200, body: jwksOf(newSigningKey('k', 'P-384')) },
    /the address answered 200 without usable keys/,
    1,
  ],
  'a key set that is longer than any': [
    { status: 200, body: jwksOf(SIGNING_KEY) + ' '.repeat(64 * 1024) },
    /the answer is longer than 64 KB/,
    1,
  ],
  'a connection that breaks': ['cut', /no whole answer \(/, 3],
  'an issuer that hangs': ['silence', /no whole answer in time/, 2],
};

for (const [what, [answer, why, tries]] of Object.entries(ANSWERS)) {
  test(`${what} in place of the keys: the receipt is not kept, and a green step stays green`, async () => {
    const { issuer, runner, run } = await scene({
      keys: () => answer,
    });
    const file = join(runner.workspace, 'receipt.json');

    const step = await run('main', {
      inputs: { ...STEP, run: 'exit 0', receipt: file },
    });

    const [first = '', ...more] = annotation('warning', step.log).split('\n');
    assert.match(first, /it came, and the issuer's keys to verify it did not: /);
    assert.match(first, why);
    assert.deepEqual(more, [`the issuer's operator can get it: taskbound receipt ${HANDLE}`]);
    assert.equal(issuer.forms(KEYS).length, tries);
    assert.equal(issuer.forms('/elsewhere').length, 0);
    assert.equal(step.code, 0);
    assert.equal(existsSync(file), false);
    assert.equal(step.outputs['receipt'], undefined);
    assert.doesNotMatch(step.summary, /redeemed|signature/);
  });
}

test('a cancel while the keys are asked for ends the wait, and nothing is kept', async () => {
  const { issuer, runner, start } = await scene({ keys: () => 'silence' });
  const file = join(runner.workspace, 'receipt.json');
  const running = start('main', { inputs: { ...STEP, run: 'exit 0', receipt: file } });
  while (issuer.forms(KEYS).length === 0) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const asked = performance.now();

  running.kill('SIGINT');
  const step = await running.ended;

  assert.ok(performance.now() - asked < 4_000, 'sooner than a try times out');
  assert.equal(step.code, 0);
  assert.match(annotation('warning', step.log), /interrupted while waiting for the answer/);
  assert.equal(existsSync(file), false);
});

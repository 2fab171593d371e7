// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

const script = 'false | true\necho after';

test('bash that is named has pipefail, the unnamed shell has not: as in a run step', async () => {
  const { run } = await scene();

  const unnamed = await run('main', { inputs: { ...STEP, run: script } });
  const named = await run('main', { inputs: { ...STEP, run: script, shell: 'bash' } });

  assert.match(unnamed.log, /^after$/m);
  assert.equal(unnamed.code, 0);
  assert.doesNotMatch(named.log, /^after$/m);
  assert.equal(named.code, 1);
});

test('a shell may be any program with {0} where the script goes', async () => {
  const { run } = await scene();

  const step = await run('main', {
    inputs: { ...STEP, run: 'console.log(6 * 7)', shell: `${process.execPath} {0}` },
  });

  assert.equal(step.code, 0);
  assert.match(step.log, /^42$/m);
});

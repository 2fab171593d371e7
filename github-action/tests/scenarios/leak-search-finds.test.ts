// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertNoLeak } from '../rig/leak-search.js';
import { STEP, scene } from '../rig/scene.js';

test('the search that every scenario ends with finds a token, plain and in base64', async () => {
  const { issuer, runner, run } = await scene();
  const step = await run('main', { inputs: { ...STEP, run: 'true' } });
  const [, token = ''] = issuer.secrets;
  const encoded = Buffer.from(`x:${token}`).toString('base64');
  const of = { runner, secrets: issuer.secrets };

  assertNoLeak(of, step);
  assert.throws(() => assertNoLeak(of, { ...step, log: `ok ${token}` }), /log/);
  assert.throws(() => assertNoLeak(of, { ...step, summary: encoded }), /summary/);
  assert.throws(() => assertNoLeak(of, { ...step, outputs: { token } }), /outputs/);
  writeFileSync(join(runner.temp, 'left-behind'), encoded);
  assert.throws(() => assertNoLeak(of, step), /left-behind/);
});

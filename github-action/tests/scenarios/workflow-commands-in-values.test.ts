// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('workflow commands in an identifier stay text', async () => {
  const { run } = await scene();
  const identifier = 'artifact:a::error::b::add-mask::c';

  const step = await run('main', { inputs: { ...STEP, identifier, run: 'true' } });

  assert.equal(step.code, 0);
  const commands = step.log
    .split('\n')
    .filter((line) => line.trimStart().startsWith('::') || line.includes('##['));
  assert.deepEqual(commands, []);
  assert.match(step.summary, /artifact&#58;a&#58;&#58;error&#58;&#58;b/);
});

test('workflow commands in what an issuer says stay text', async () => {
  const body = {
    error: 'invalid_request',
    error_description: 'x\n::error::y\r\n::set-output name=handle::z',
    request_id: 'r',
  };
  const { run } = await scene({ token: () => ({ status: 400, body }) });

  const step = await run('main', { inputs: { ...STEP, run: 'true' } });

  assert.match(
    annotation('error', step.log),
    /^ {2}x\\u000A::error::y\\u000D\\u000A::set-output name=handle::z$/m,
  );
  assert.equal(step.log.split('\n').filter((line) => line.startsWith('::')).length, 1);
});

test('a line break in an identifier is refused', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', { inputs: { ...STEP, identifier: 'a\n::error::b', run: 'true' } });

  assert.equal(step.code, 2);
  assert.match(
    annotation('error', step.log),
    /^identifier has the character U\+000A; it must be one concrete target: 1 to 512 letters/,
  );
  assert.deepEqual(issuer.transcript, []);
});

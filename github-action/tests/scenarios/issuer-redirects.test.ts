// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('a redirect is not followed: it could lead the ID token elsewhere', async () => {
  const { issuer, run } = await scene({
    token: () => ({ status: 307, headers: { location: '/elsewhere' } }),
  });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' } });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /answered 307, a redirect, and redirects are not followed/);
  assert.equal(issuer.forms('/elsewhere').length, 0);
  assert.equal(issuer.transcript.length, 2);
});

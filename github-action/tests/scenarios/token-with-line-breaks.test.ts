// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';
import { granted } from '../rig/stand-in-issuer.js';

test('a token with a line break is used nowhere, and what was granted is closed', async () => {
  const token = 'abcdefgh\n::add-mask::a';
  const { issuer, run } = await scene({ token: (form) => granted(form, token) });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' } });

  assert.equal(step.code, 1);
  assert.match(annotation('error', step.log), /the address answered 200 without a whole grant/);
  assert.doesNotMatch(step.stdout, /abcdefgh/);
  assert.equal(issuer.transcript.at(-1), 'POST /revoke subject_token=<ID token> handle=*');
});

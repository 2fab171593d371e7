// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';
import { granted, jwt } from '../rig/stand-in-issuer.js';

test('an answer that is lost is asked for again with the same ID token and txn', async () => {
  const { issuer, run } = await scene({ token: (form, nth) => (nth < 3 ? 'cut' : granted(form, jwt({}))) });

  const step = await run('main', { inputs: { ...STEP, run: 'echo ran' } });

  assert.equal(step.code, 0);
  const forms = issuer.forms('/token');
  assert.equal(forms.length, 3);
  assert.deepEqual(forms[1], forms[0]);
  assert.deepEqual(forms[2], forms[0]);
  assert.equal(issuer.forms('/id-token').length, 1);
  assert.match(step.log, /^ran$/m);
});

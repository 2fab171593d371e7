// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';
import { granted, jwt } from '../rig/stand-in-issuer.js';

test('a busy issuer is asked again after the time that it names', async () => {
  const busy = { status: 503, headers: { 'retry-after': '1' }, body: { error: 'temporarily_unavailable' } };
  const { issuer, run } = await scene({ token: (form, nth) => (nth === 1 ? busy : granted(form, jwt({}))) });

  const step = await run('main', { inputs: { ...STEP, run: 'true' } });

  assert.equal(step.code, 0);
  const [, first = 0, second = 0] = issuer.arrivals;
  assert.ok(second - first >= 1000);
  assert.deepEqual(issuer.forms('/token')[1], issuer.forms('/token')[0]);
});

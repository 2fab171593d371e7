// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

test('the lease is renewed three times while it runs; a beat without an answer is told', async () => {
  const { issuer, run } = await scene({
    renew: (_, nth) => (nth === 1 ? { status: 200, body: { lease_expires_in: 3 } } : { status: 500 }),
  });

  const step = await run('main', { inputs: { ...STEP, lease: '3s', run: 'sleep 2.6' } });

  assert.equal(step.code, 0);
  assert.equal(issuer.forms('/renew').length, 2);
  assert.match(step.log, /a heartbeat got no answer \(the address answered 500 without an OAuth error\)/);
});

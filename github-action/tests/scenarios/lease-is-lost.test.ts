// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

test('a token that dies early is told once, and the command goes on', async () => {
  const { issuer, run } = await scene({
    renew: () => ({ status: 400, body: { error: 'invalid_grant', request_id: 'r' } }),
  });

  const step = await run('main', { inputs: { ...STEP, lease: '3s', run: 'sleep 4; echo done' } });

  assert.equal(step.code, 0);
  assert.equal(issuer.forms('/renew').length, 1);
  assert.equal(step.log.match(/the issuer says that the token is dead/g)?.length, 1);
  assert.match(step.log, /^done$/m);
  assert.match(step.log, /^taskbound: had already ended: /m);
  assert.equal(step.outputs['closed-by'], 'nobody');
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';
import { service } from '../rig/service.js';

test('a token that the command never has is bound, alive for the service, and dead when the step has returned', async () => {
  const { run, isAlive } = await liveScene();
  let token = '';
  const signer = await service(({ headers }, response) => {
    const [scheme = '', text = ''] = String(headers['authorization']).split(' ');
    assert.equal(scheme, 'DPoP');
    assert.ok(headers['dpop']);
    token = text;
    void isAlive(token).then((alive) => response.end(alive ? 'alive\n' : 'dead\n'));
  });

  const step = await run('main', {
    inputs: { ...STEP, inject: signer.url, run: 'curl -sS --data-binary @/dev/null "$TASKBOUND_URL/sign"' },
  });

  assert.equal(step.code, 0, step.log);
  assert.match(step.log, /^alive$/m);
  assert.equal(signer.received.length, 1);
  assert.equal(await isAlive(token), false);
  assert.ok(!step.log.includes(token));
});

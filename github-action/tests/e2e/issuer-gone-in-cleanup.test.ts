// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gate } from '../rig/gate.js';
import { liveScene, STEAL } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('an issuer that is gone at the end leaves a green step green; post closes when it is back', async () => {
  const { start, run, loot, isAlive, url } = await liveScene();
  const way = await gate(url);
  const inputs = { ...STEP, issuer: way.url, 'id-token-audience': url, run: `${STEAL}echo ready; sleep 1` };
  const running = start('main', { inputs });
  await running.printed('ready');

  way.shut();
  const step = await running.ended;
  assert.equal(step.code, 0);
  assert.equal(step.outputs['closed-by'], 'nobody');
  assert.match(
    step.log,
    /^::warning title=taskbound::could not be closed \(no connection to 127\.0\.0\.1:\d+\)/m,
  );
  assert.match(step.log, /%0Aa copy of it could be used until .*Z at the latest/);
  assert.equal(await isAlive(loot()), true);

  const early = await run('post', { inputs });
  assert.equal(early.code, 0);
  assert.match(early.log, /^::warning title=taskbound::could not be closed/m);

  await way.open();
  const post = await run('post', { inputs });
  assert.equal(post.code, 0);
  assert.equal(await isAlive(loot()), false);
});

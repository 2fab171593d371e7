// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene, STEAL } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

const skip = process.platform === 'win32' && 'needs kill -9';

test('post closes what a killed step left, and removes its files', { skip }, async () => {
  const { start, run, loot, isAlive, runner } = await liveScene();
  const inputs = { ...STEP, run: `${STEAL}echo ready; sleep 3` };
  const running = start('main', { inputs });
  await running.printed('ready');
  running.kill('SIGKILL');
  // What the killed step left in its folder is the one place where the token may stand until post comes.
  const killed = await running.ended.catch(() => undefined);
  assert.equal(killed, undefined);
  assert.equal(await isAlive(loot()), true);

  const post = await run('post', { inputs });

  assert.equal(await isAlive(loot()), false);
  assert.equal(post.code, 0);
  assert.match(post.log, /^taskbound: closed by post step, lived /m);
  assert.deepEqual(runner.leftovers(), {});
});

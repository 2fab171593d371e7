// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { liveScene, STEAL } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('the token lives while the command runs, and is dead when the step has returned', async () => {
  const { start, loot, isAlive, runner } = await liveScene();
  const script = `${STEAL}
ls -ld "$(dirname "$TASKBOUND_TOKEN_FILE")" | cut -c1-10
ls -l "$TASKBOUND_TOKEN_FILE" "$TASKBOUND_HEADER_FILE" | cut -c1-10
test "$(cat "$TASKBOUND_HEADER_FILE")" = "Authorization: Bearer $TASKBOUND_TOKEN" && echo same
env | cut -d= -f1 | grep -E '^(INPUT_|STATE_|ACTIONS_)' || echo "nothing else"
echo "made=by the command" >> "$GITHUB_OUTPUT"
echo "LATER=value" >> "$GITHUB_ENV"
echo ready; sleep 1`;

  const running = start('main', { inputs: { ...STEP, run: script } });
  await running.printed('ready');
  assert.equal(await isAlive(loot()), true);
  const step = await running.ended;

  assert.equal(await isAlive(loot()), false);
  assert.equal(step.code, 0);
  const printed = step.log.split('\n').filter((line) => line !== '' && !line.startsWith('taskbound:'));
  assert.deepEqual(printed, ['drwx------', '-rw-------', '-rw-------', 'same', 'nothing else', 'ready']);
  assert.equal(step.outputs['made'], 'by the command');
  assert.deepEqual(step.env, { LATER: 'value' });
  assert.equal(step.outputs['closed-by'], 'step');
  assert.match(step.summary, /sign-release|sign&#45;release/);
  assert.deepEqual(runner.leftovers(), {});
});

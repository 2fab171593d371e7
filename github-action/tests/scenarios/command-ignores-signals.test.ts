// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

const skip = process.platform === 'win32' && 'Windows sends no signals';

test('a command that ignores the signal is killed while the runner still waits, its forks too', {
  skip,
}, async () => {
  const { issuer, start } = await scene();
  const fork = `sh -c "trap '' INT TERM; sleep 30; sleep 30" &`;
  const script = `trap '' INT TERM; ${fork} echo fork $!; echo ready; for _ in 1 2 3 4 5 6 7 8 9; do sleep 1; done`;
  const running = start('main', { inputs: { ...STEP, run: script } });
  await running.printed('ready');

  const asked = performance.now();
  running.kill('SIGINT');
  const step = await running.ended;

  assert.ok(performance.now() - asked < 7_500);
  assert.equal(step.code, 130);
  assert.equal(step.outputs['closed-by'], 'cancelled');
  const [, pid] = /^fork (\d+)$/m.exec(step.log) ?? [];
  assert.throws(() => process.kill(Number(pid), 0), /ESRCH/);
  // In parallel with the signal, not after the wait.
  assert.ok((issuer.arrivals.at(-1) ?? 0) - asked < 2_000);
});

test('a second signal ends the wait', { skip }, async () => {
  const { start } = await scene();
  const running = start('main', {
    inputs: { ...STEP, run: "trap '' INT TERM; echo ready; for _ in 1 2 3 4 5 6 7 8 9; do sleep 1; done" },
  });
  await running.printed('ready');

  const asked = performance.now();
  running.kill('SIGINT');
  await running.printed('closed by cancel');
  running.kill('SIGTERM');
  const step = await running.ended;

  assert.ok(performance.now() - asked < 4_000);
  assert.equal(step.code, 130);
});

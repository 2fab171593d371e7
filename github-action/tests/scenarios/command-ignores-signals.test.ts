// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gone } from '../rig/gone.js';
import { STEP, scene } from '../rig/scene.js';

const skip = process.platform === 'win32' && 'Windows sends no signals';

test('a command that ignores the signal is killed while the runner still waits, its forks too', {
  skip,
}, async () => {
  const { issuer, start } = await scene();
  const fork = `sh -c "trap '' INT TERM; sleep 60; sleep 60" &`;
  const script = `trap '' INT TERM; ${fork} echo fork $!; echo ready; for _ in $(seq 60); do sleep 1; done`;
  const running = start('main', { inputs: { ...STEP, run: script } });
  await running.printed('ready');

  running.kill('SIGINT');
  const step = await running.ended;

  const ended = performance.now();
  assert.equal(step.code, 130);
  assert.equal(step.outputs['closed-by'], 'cancelled');
  const [, pid] = /^fork (\d+)$/m.exec(step.log) ?? [];
  assert.ok(await gone(Number(pid)), `fork ${pid} still runs`);
  // In parallel with the signal: the close went out seconds before the wait for the command was over.
  assert.ok(ended - (issuer.arrivals.at(-1) ?? ended) > 3_000);
});

test('a second signal ends the wait', { skip }, async () => {
  const { start } = await scene();
  const running = start('main', {
    inputs: { ...STEP, run: "trap '' INT TERM; echo ready; for _ in $(seq 60); do sleep 1; done" },
  });
  await running.printed('ready');

  running.kill('SIGINT');
  await running.printed('closed by cancel');
  const asked = performance.now();
  running.kill('SIGTERM');
  const step = await running.ended;

  // The first signal alone would have waited 6.5 s.
  assert.ok(performance.now() - asked < 5_000);
  assert.equal(step.code, 130);
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';

const skip = process.platform === 'win32' && 'Windows has no signals of that kind';

for (const [trap, code] of [
  ['exit 7', 7],
  ['exit 0', 0],
] as const) {
  test(`a command that ends by itself after a signal decides the code: ${trap}`, { skip }, async () => {
    const { start } = await scene();
    const running = start('main', {
      inputs: { ...STEP, run: `trap '${trap}' TERM; echo ready; while :; do sleep 0.1 || true; done` },
    });
    await running.printed('ready');

    running.kill('SIGTERM');
    const step = await running.ended;

    assert.equal(step.code, code);
    assert.equal(step.outputs['closed-by'], 'cancelled');
  });
}

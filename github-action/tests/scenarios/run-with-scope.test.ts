// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

for (const scope of ['until-closed', 'job']) {
  test(`run together with scope ${scope} is refused`, async () => {
    const { issuer, run } = await scene();

    const step = await run('main', { inputs: { ...STEP, run: 'echo ran', scope } });

    assert.equal(step.code, 2);
    const fault = `run needs scope: step, the default; remove run or scope: ${scope}`;
    assert.equal(annotation('error', step.log), fault);
    assert.deepEqual(issuer.transcript, []);
  });
}

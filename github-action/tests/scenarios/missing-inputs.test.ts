// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, scene } from '../rig/scene.js';

test('all faults of the settings are told at once, before anything is asked for', async () => {
  const { issuer, run } = await scene();

  const step = await run('main', {
    env: { TASKBOUND_ISSUER: '' },
    inputs: { lifetime: '2 hours', 'dry-run': 'maybe' },
  });

  assert.equal(step.code, 2);
  const faults = annotation('error', step.log);
  assert.match(faults, /^issuer is missing/m);
  assert.match(faults, /^task is missing/m);
  assert.match(faults, /^run is missing\. There are three ways/m);
  assert.match(faults, /^ {2}scope: until-closed/m);
  assert.match(faults, /^lifetime must be a duration such as 90s or 10m, at most 1h/m);
  assert.match(faults, /^dry-run must be true or false/m);
  assert.deepEqual(issuer.transcript, []);
  assert.deepEqual(step.state, {});
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { STEP, scene } from '../rig/scene.js';
import { HANDLE } from '../rig/stand-in-issuer.js';

test("the command uses the runner's files as a run step does, also when it leaves a line open", async () => {
  const { run } = await scene();
  const script = [
    'printf "made=one" >>"$GITHUB_OUTPUT"',
    'printf "LATER=two" >>"$GITHUB_ENV"',
    'printf "an open line" >>"$GITHUB_STEP_SUMMARY"',
  ].join('\n');

  const step = await run('main', { inputs: { ...STEP, run: script } });

  assert.equal(step.outputs['made'], 'one');
  assert.equal(step.outputs['closed-by'], 'step');
  assert.equal(step.outputs['handle'], HANDLE);
  assert.equal(step.env['LATER'], 'two');
  assert.match(step.summary, /^an open line\n\n#### Taskbound: /);
});

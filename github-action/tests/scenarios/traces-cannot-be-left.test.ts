// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { annotation, STEP, scene } from '../rig/scene.js';

test('a summary that the command has made impossible is a warning: the step stays green', async () => {
  const { issuer, run } = await scene();
  const script = 'rm "$GITHUB_STEP_SUMMARY" && mkdir "$GITHUB_STEP_SUMMARY"';

  const step = await run('main', { inputs: { ...STEP, run: script } });

  assert.equal(step.code, 0);
  assert.equal(annotation('warning', step.log), 'output, state and summary could not be written (EISDIR)');
  assert.equal(issuer.transcript.at(-1), 'POST /revoke token=<task token>');
  assert.equal(step.outputs['closed-by'], 'step');
});

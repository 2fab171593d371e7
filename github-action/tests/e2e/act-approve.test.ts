// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { printedIn, runAct, skipWithoutAct } from '../rig/act.js';
import { approvalIdOf, approverRun, liveScene, PUSH } from '../rig/live-issuer.js';
import { STEP } from '../rig/scene.js';

test('the example workflow, started twice by a person under act, lets a waiting step go', {
  skip: skipWithoutAct,
}, async () => {
  const step = await liveScene({ ...PUSH, run_id: '7003' });
  const inputs = { ...STEP, task: 'sign-approved', run: 'echo ran' };
  const running = step.start('main', { inputs });
  const id = await approvalIdOf(running);
  const { env, runner, url } = await liveScene(approverRun('hubot-the-human', '583231'));
  const source = join(runner.workspace, 'source');
  for (const part of ['approve', 'dist']) {
    cpSync(part, join(source, part), { recursive: true });
  }
  const flows = join(runner.workspace, '.github', 'workflows');
  mkdirSync(flows, { recursive: true });
  writeFileSync(join(flows, 'approve.yml'), ofThisTree(url));
  const job = { ...env, SOURCE: source };
  const started = (more: readonly string[]) => {
    const given = [`approval-id=${id}`, ...more].flatMap((input) => ['--input', input]);
    return runAct(['workflow_dispatch', ...given], runner.workspace, job);
  };

  const shown = await started(['decision=show']);
  const hash = /hash of this text: (\S{43})/.exec(shown.text)?.[1];
  const approved = await started([
    'decision=approve',
    `shown=${hash}`,
    'comment=$(touch pwned) `touch pwned` "; touch pwned #',
  ]);
  const ended = await running.ended;

  assert.equal(shown.code, 0, shown.text);
  assert.ok(
    printedIn(shown.text).some((line) => line.includes('sign artifact:acme/shop/app.jar')),
    shown.text,
  );
  assert.equal(approved.code, 0, approved.text);
  assert.ok(
    printedIn(approved.text).some((line) =>
      /^taskbound: approved by hubot-the-human \(github\) at .*: \$\(touch pwned\)/.test(line),
    ),
    approved.text,
  );
  assert.equal(ended.code, 0, ended.log);
  assert.match(ended.log, /^ran$/m);
});

/** The example, with the action as it is here and this issuer. */
function ofThisTree(issuer: string): string {
  const example = readFileSync('../docs/examples/github/approve.yml', 'utf8');
  return example
    .replace('    steps:\n', '    steps:\n      - run: cp -R "$SOURCE" action\n')
    .replace(/uses: taskbound\/taskbound-action\/approve@.*/, 'uses: ./action/approve')
    .replace('https://tokens.acme.example', issuer);
}

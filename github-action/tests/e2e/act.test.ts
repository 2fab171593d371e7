// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { printedIn, runAct, skipWithoutAct } from '../rig/act.js';
import { leaksIn } from '../rig/leak-search.js';
import { liveScene } from '../rig/live-issuer.js';

test('a workflow runs under act in host mode: tokens die with their step, or at the action close', {
  skip: skipWithoutAct,
}, async () => {
  const { env, runner } = await liveScene();
  const flows = join(runner.workspace, '.github', 'workflows');
  const source = join(runner.workspace, 'source');
  const loot = join(runner.workspace, 'stolen');
  mkdirSync(flows, { recursive: true });
  mkdirSync(loot);
  cpSync(join('tests', 'e2e', 'act.yml'), join(flows, 'act.yml'));
  for (const part of ['action.yml', 'close', 'dist', join('tests', 'rig', 'introspect.mjs')]) {
    cpSync(part, join(source, part), { recursive: true });
  }
  const job = {
    ...env,
    SOURCE: source,
    LOOT: loot,
    E2E_ISSUER: process.env['E2E_ISSUER'] ?? '',
    E2E_SECRET_FILE: process.env['E2E_SECRET_FILE'] ?? '',
  };

  const { code, text } = await runAct(['push'], runner.workspace, job);

  assert.equal(code, 0, text);
  assert.deepEqual(toldIn(text), [
    'the token is alive',
    'taskbound: closed by step end',
    'the token is dead',
    'made by the command, closed by step',
    'the token is alive',
    'printed by mistake: ***',
    'taskbound: closed by close step',
    'the token is dead',
    'taskbound: was closed by an earlier step',
  ]);
  const tokens = ['wrapped', 'handed-out'].map((name) => readFileSync(join(loot, name), 'utf8'));
  assert.deepEqual(leaksIn({ text }, tokens), []);
});

/** What commands and action have printed, in order. */
function toldIn(text: string): string[] {
  return printedIn(text).flatMap(
    (line) =>
      /^(the token is .*|made .*|printed .*|taskbound: (closed by [a-z ]+|was closed by an earlier step))/.exec(
        line,
      )?.[1] ?? [],
  );
}

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after } from 'node:test';
import { assertNoLeak } from './leak-search.js';
import { type Paths, type StandInIssuer, standInIssuer } from './stand-in-issuer.js';
import {
  type Finished,
  type Part,
  type Runner,
  type Running,
  type StepSettings,
  standInRunner,
} from './stand-in-runner.js';

/** A runner, an issuer, and a step between them. Whatever a step leaves behind is searched for tokens. */
export type Scene = {
  readonly issuer: StandInIssuer;
  readonly runner: Runner;
  readonly start: (part: Part, settings?: StepSettings) => Running;
  readonly run: (part: Part, settings?: StepSettings) => Promise<Finished>;
};

export const IDENTIFIER = `artifact:acme/shop/app.jar@sha256:${'9f'.repeat(32)}`;

/** A step that may be granted; scenarios change what they are about. */
export const STEP: Readonly<Record<string, string>> = {
  task: 'sign-release',
  action: 'sign',
  identifier: IDENTIFIER,
};

export async function scene(paths: Paths = {}): Promise<Scene> {
  const issuer = await standInIssuer(paths);
  const runner = standInRunner(issuer.env);
  after(async () => {
    runner.remove();
    await issuer.stop();
  });
  const start = (part: Part, settings: StepSettings = {}): Running => {
    const running = runner.start(part, settings);
    return { ...running, ended: running.ended.then((finished) => searched(finished, settings)) };
  };
  const searched = (finished: Finished, settings: StepSettings) => {
    const handsOut = (settings.inputs?.['scope'] ?? 'step') !== 'step';
    assertNoLeak({ runner, secrets: issuer.secrets }, finished, handsOut ? ['token'] : []);
    return finished;
  };
  return { issuer, runner, start, run: (part, settings) => start(part, settings).ended };
}

/** Options for node that load a module of this folder before the action. */
export function preloading(module: 'fast-time' | 'late-clock'): readonly string[] {
  return ['--require', join(process.cwd(), 'tests', 'rig', `${module}.cjs`)];
}

/** The text of the one annotation of a log, its line breaks restored. */
export function annotation(kind: 'error' | 'warning' | 'notice', log: string): string {
  const found = log.split('\n').filter((line) => line.startsWith(`::${kind} title=taskbound::`));
  assert.equal(found.length, 1, `one ${kind} in:\n${log}`);
  const [text = ''] = found;
  return text
    .slice(`::${kind} title=taskbound::`.length)
    .replaceAll('%0A', '\n')
    .replaceAll('%0D', '\r')
    .replaceAll('%25', '%');
}

// SPDX-License-Identifier: Apache-2.0
import { spawn } from 'node:child_process';
import { whichIn } from '../../src/command/which.js';

const act = process.env['ACT'] ?? whichIn(process.env, process.platform)('act');

/** False where act is there; else why a test is skipped. */
export const skipWithoutAct =
  act === undefined && 'NOT RUN: no act here (go install github.com/nektos/act@v0.2.89)';

/** Runs the workflows of a folder in host mode. `job` is the environment of each job. */
export function runAct(
  event: readonly string[],
  cwd: string,
  job: Readonly<Record<string, string>>,
): Promise<{ code: number | null; text: string }> {
  const settings = Object.entries(job).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const host = ['--platform', 'ubuntu-latest=-self-hosted', '--pull=false', '--no-cache-server'];
  const child = spawn(act ?? '', [...event, ...host, ...settings], {
    cwd,
    env: { ...process.env, HOME: cwd, XDG_CACHE_HOME: `${cwd}/cache` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      text += chunk;
    });
  }
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })));
}

/** What the steps have printed; act puts a bar before it. */
export function printedIn(text: string): string[] {
  return [...text.matchAll(/^\[[^\]]*\] +\| (.*)$/gm)].map(([, line]) => line ?? '');
}

// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const BUILT = join('target', 'build');
/** More than there are cores: the tests mostly wait, for a process, a time-out or a renewal. */
const FILES_AT_ONCE = 4;

/** Compiles everything; returns the test files of the named folders whose name contains a text. */
export function compiledTests(folders, part) {
  rmSync(BUILT, { recursive: true, force: true });
  const compiler = join('node_modules', 'typescript', 'bin', 'tsc');
  const compiled = spawnSync(process.execPath, [compiler], { stdio: 'inherit' });
  if (compiled.status !== 0) {
    process.exit(1);
  }
  return folders
    .map((folder) => join(BUILT, 'tests', folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => path.endsWith('.test.js') && path.includes(part));
}

/** Runs each file in a process of its own; `report` names a file for what Maven and .ci/run count. */
export function runTests(files, report, env = {}) {
  if (files.length === 0) {
    console.error('no test file has that name');
    return 1;
  }
  const folder = join('target', 'surefire-reports');
  mkdirSync(folder, { recursive: true });
  const reporters = [
    ['--test-reporter=spec', '--test-reporter-destination=stdout'],
    [
      '--test-reporter=./scripts/surefire-reporter.mjs',
      `--test-reporter-destination=${join(folder, report)}`,
    ],
  ].flat();
  const how = [`--test-concurrency=${FILES_AT_ONCE}`, '--test-timeout=150000'];
  const tests = spawnSync(process.execPath, ['--test', ...how, ...reporters, ...files], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  return tests.status ?? 1;
}

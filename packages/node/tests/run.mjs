// SPDX-License-Identifier: Apache-2.0
// Runs the tests, each file in a process of its own: node tests/run.mjs [part of a name]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const folder = new URL('.', import.meta.url);
const part = process.argv[2] ?? '';
const files = readdirSync(folder).filter((name) => name.endsWith('.test.mjs') && name.includes(part));
if (files.length === 0) {
  throw new Error('no test file has that name');
}
const reports = new URL('../../target/surefire-reports/', folder);
mkdirSync(reports, { recursive: true });
const reporters = [
  ['--test-reporter=spec', '--test-reporter-destination=stdout'],
  [
    `--test-reporter=${new URL('../../../github-action/scripts/surefire-reporter.mjs', folder)}`,
    `--test-reporter-destination=${fileURLToPath(new URL('TEST-node.xml', reports))}`,
  ],
].flat();
const tests = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-timeout=60000',
    ...reporters,
    ...files.map((name) => fileURLToPath(new URL(name, folder))),
  ],
  { stdio: 'inherit', env: { ...process.env, SUREFIRE_SUITE: 'packages-node' } },
);
process.exitCode = tests.status ?? 1;

// SPDX-License-Identifier: Apache-2.0
// Runs the tests of packages/python where there is a Python for them, and reports them as not run elsewhere.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const reports = join(here, 'target', 'surefire-reports');
const report = join(reports, 'TEST-python.xml');
const LEAST = 'import sys; sys.exit(sys.version_info < (3, 9))';
const MISSING = 'no Python 3.9 or newer is installed';

const python = ['python3', 'python'].find((name) => spawnSync(name, ['-c', LEAST]).status === 0);
mkdirSync(reports, { recursive: true });
if (python === undefined) {
  console.log(`NOT RUN  packages-python: ${MISSING}`);
  writeFileSync(
    report,
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuite name="packages-python" tests="1" errors="0" failures="0" skipped="1">
  <testcase classname="packages-python" name="all"><skipped message="${MISSING}"/></testcase>
</testsuite>
`,
  );
} else {
  const tests = spawnSync(python, [join(here, 'python', 'tests', 'run.py'), report], { stdio: 'inherit' });
  process.exitCode = tests.status ?? 1;
}

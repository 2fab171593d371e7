// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

test('returns only when all of the text has left the process, however full the pipe is', () => {
  const module = JSON.stringify(new URL('../../src/runner/write-out.js', import.meta.url).href);
  const script = `const { writeOut } = await import(${module}); writeOut('x'.repeat(1_000_000)); process.exit();`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    maxBuffer: 2_000_000,
  });
  assert.equal(stdout.length, 1_000_000);
});

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fixedUp } from '../../src/command/script.js';

test('leaves a script for bash as it is', () => {
  assert.equal(fixedUp('a\nb', 'posix', 'linux'), 'a\nb');
});

test("has PowerShell stop at errors and exit with the last program's code", () => {
  const lines = fixedUp('a\nb', 'powershell', 'linux').split('\n');
  assert.equal(lines[0], "$ErrorActionPreference = 'stop'");
  assert.deepEqual(lines.slice(1, 3), ['a', 'b']);
  assert.equal(lines[3], 'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }');
});

test('ends lines on Windows as Windows does', () => {
  assert.equal(fixedUp('a\r\nb\nc', 'cmd', 'win32'), '@echo off\r\na\r\nb\r\nc');
});

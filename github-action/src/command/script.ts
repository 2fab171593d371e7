// SPDX-License-Identifier: Apache-2.0
import type { Dialect } from './shell.js';

/** What the runner adds to a script, so that its last exit code counts. */
export function fixedUp(script: string, dialect: Dialect, platform: NodeJS.Platform): string {
  const text = withFrame(script, dialect);
  return platform === 'win32' ? text.replace(/\r?\n/g, '\r\n') : text;
}

function withFrame(script: string, dialect: Dialect): string {
  switch (dialect) {
    case 'powershell':
      return [
        "$ErrorActionPreference = 'stop'",
        script,
        'if ((Test-Path -LiteralPath variable:\\LASTEXITCODE)) { exit $LASTEXITCODE }',
      ].join('\n');
    case 'cmd':
      return `@echo off\n${script}`;
    case 'posix':
    case 'other':
      return script;
  }
}

// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Machine } from '../../src/command/machine.js';
import { argumentsFor, type Shell, shellFor } from '../../src/command/shell.js';

/** Called as the runner calls it: the table of its ScriptHandlerHelpers. */
const CALLS: readonly (readonly [NodeJS.Platform, string, string])[] = [
  ['linux', '', '/bin/bash -e /t/script.sh'],
  ['darwin', '', '/bin/bash -e /t/script.sh'],
  ['win32', '', "/bin/pwsh -command . '/t/script.ps1'"],
  ['linux', 'bash', '/bin/bash --noprofile --norc -e -o pipefail /t/script.sh'],
  ['linux', 'sh', '/bin/sh -e /t/script.sh'],
  ['linux', 'pwsh', "/bin/pwsh -command . '/t/script.ps1'"],
  ['win32', 'powershell', "/bin/powershell -command . '/t/script.ps1'"],
  ['win32', 'cmd', '/bin/cmd /D /E:ON /V:OFF /S /C "CALL "/t/script.cmd""'],
  ['linux', 'python', '/bin/python /t/script.py'],
  ['linux', 'perl {0}', '/bin/perl /t/script'],
  ['linux', 'bash -x "{0}"', '/bin/bash -x /t/script.sh'],
];

for (const [platform, input, expected] of CALLS) {
  test(`calls ${input === '' ? 'the unnamed shell' : input} on ${platform} as the runner does`, () => {
    const shell = found(input, platform);
    const script = `/t/script${shell.extension}`;
    assert.equal([shell.executable, ...argumentsFor(shell, script)].join(' '), expected);
  });
}

test('takes sh where there is no bash, and powershell where there is no pwsh', () => {
  const without = (missing: string, platform: NodeJS.Platform): Machine => ({
    ...machine(platform),
    which: (name) => (name === missing ? undefined : `/bin/${name}`),
  });
  assert.equal(chosen(shellFor('', without('bash', 'linux'))).executable, '/bin/sh');
  assert.equal(chosen(shellFor('', without('pwsh', 'win32'))).executable, '/bin/powershell');
});

test('doubles a quote in the path that PowerShell reads in quotes', () => {
  assert.deepEqual(argumentsFor(found('pwsh', 'linux'), "/it's/script.ps1"), [
    '-command',
    ". '/it''s/script.ps1'",
  ]);
});

for (const input of ['perl', 'bash -c', 'constructor', '']) {
  test(`refuses ${JSON.stringify(input)} where it names no way to read a script`, () => {
    const nothing: Machine = { ...machine('linux'), which: () => undefined };
    assert.equal(shellFor(input, input === '' ? nothing : machine('linux')).kind, 'fault');
  });
}

function found(input: string, platform: NodeJS.Platform): Shell {
  return chosen(shellFor(input, machine(platform)));
}

function chosen(checked: ReturnType<typeof shellFor>): Shell {
  assert.ok(checked.kind === 'ok');
  return checked.value;
}

function machine(platform: NodeJS.Platform): Machine {
  return { platform, which: (name) => `/bin/${name}`, isFolder: () => true, temp: '/t' };
}

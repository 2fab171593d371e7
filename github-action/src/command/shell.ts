// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, ok } from '../base/checked.js';
import type { Machine } from './machine.js';

/** Who reads the script, and how it is called: as the runner calls it for a `run:` step. */
export type Shell = {
  readonly executable: string;
  /** With `{0}` where the script's path goes. */
  readonly args: readonly string[];
  /** Of the script's file, with its dot; empty for a shell that is none of the runner's own. */
  readonly extension: string;
  readonly dialect: Dialect;
};

/** How a script is prepared before a shell reads it. */
export type Dialect = 'posix' | 'powershell' | 'cmd' | 'other';

type BuiltIn = Omit<Shell, 'executable'>;

const BUILT_IN: Readonly<Record<string, BuiltIn>> = {
  bash: {
    args: ['--noprofile', '--norc', '-e', '-o', 'pipefail', '{0}'],
    extension: '.sh',
    dialect: 'posix',
  },
  sh: { args: ['-e', '{0}'], extension: '.sh', dialect: 'posix' },
  pwsh: { args: ['-command', ". '{0}'"], extension: '.ps1', dialect: 'powershell' },
  powershell: { args: ['-command', ". '{0}'"], extension: '.ps1', dialect: 'powershell' },
  cmd: { args: ['/D', '/E:ON', '/V:OFF', '/S', '/C', '"CALL "{0}""'], extension: '.cmd', dialect: 'cmd' },
  python: { args: ['{0}'], extension: '.py', dialect: 'other' },
};

const CHOICES =
  'shell must be bash, sh, pwsh, powershell, cmd, python, or a command with {0} where the script goes';

/** The shell that the input names, or the one that the runner takes where none is named. */
export function shellFor(input: string, machine: Machine): Checked<Shell> {
  return input === '' ? unnamed(machine) : named(input, machine.which);
}

function named(input: string, which: Machine['which']): Checked<Shell> {
  const [command = '', ...args] = wordsOf(input);
  const builtIn = builtInOf(command) ?? { args: [], extension: '', dialect: 'other' };
  const shell = args.length > 0 ? { ...builtIn, args } : builtIn;
  if (!shell.args.some((arg) => arg.includes('{0}'))) {
    return fault(CHOICES);
  }
  const executable = which(command);
  return executable === undefined
    ? fault(`shell ${command} was not found on this runner`)
    : ok({ ...shell, executable });
}

/** The runner calls bash that nobody named as it calls sh: without pipefail, and with the profile. */
function unnamed(machine: Machine): Checked<Shell> {
  const [wanted, instead] = machine.platform === 'win32' ? ['pwsh', 'powershell'] : ['bash -e {0}', 'sh'];
  const first = named(wanted, machine.which);
  return first.kind === 'ok' ? first : named(instead, machine.which);
}

function builtInOf(command: string): BuiltIn | undefined {
  const name = command.toLowerCase();
  return Object.hasOwn(BUILT_IN, name) ? BUILT_IN[name] : undefined;
}

/** Separated by spaces; double quotes hold words together. */
function wordsOf(text: string): readonly string[] {
  const words = text.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  return words.map((word) => word.replaceAll('"', ''));
}

/** The arguments with the script's path in its place. */
export function argumentsFor(shell: Shell, script: string): readonly string[] {
  const path = shell.dialect === 'powershell' ? script.replaceAll("'", "''") : script;
  return shell.args.map((arg) => arg.replaceAll('{0}', () => path));
}

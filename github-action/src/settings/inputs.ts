// SPDX-License-Identifier: Apache-2.0

/** The text of an input, trimmed; empty if the workflow does not set it. */
export type Inputs = (name: string) => string;

/** The runner hands inputs over in variables: upper case, blanks as underscores, hyphens as they are. */
export function inputsOf(env: NodeJS.ProcessEnv): Inputs {
  return (name) => rawInput(env, name).trim();
}

/** Every input of ours; a test compares them with action.yml. */
export const INPUT_NAMES: readonly string[] = [
  'task',
  'identifier',
  'action',
  'details',
  'run',
  'shell',
  'working-directory',
  'scope',
  'issuer',
  'lifetime',
  'lease',
  'id-token-audience',
  'id-token-env',
  'id-token-file',
  'id-token-command',
  'dry-run',
  'pass-id-token',
  'receipt',
  'approval-wait',
  'inject',
];

/** The variable of an input. */
export function inputVariable(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}

/** Untrimmed, for a script, where spaces count. */
export function rawInput(env: NodeJS.ProcessEnv, name: string): string {
  return env[inputVariable(name)] ?? '';
}

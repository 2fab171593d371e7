// SPDX-License-Identifier: Apache-2.0

/** The text of an input, trimmed; empty if the workflow does not set it. */
export type Inputs = (name: string) => string;

/** The runner hands inputs over in variables: upper case, blanks as underscores, hyphens as they are. */
export function inputsOf(env: NodeJS.ProcessEnv): Inputs {
  return (name) => rawInput(env, name).trim();
}

/** Untrimmed, for a script, where spaces count. */
export function rawInput(env: NodeJS.ProcessEnv, name: string): string {
  return env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
}

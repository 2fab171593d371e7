// SPDX-License-Identifier: Apache-2.0

/** The text of an input, blanks around it cut; empty where the workflow does not set it. */
export type Inputs = (name: string) => string;

/** The runner hands inputs over in variables: upper case, blanks as underscores, hyphens as they are. */
export function inputsOf(env: NodeJS.ProcessEnv): Inputs {
  return (name) => rawInput(env, name).trim();
}

/** As the workflow has it, for a script, where blanks count. */
export function rawInput(env: NodeJS.ProcessEnv, name: string): string {
  return env[`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`] ?? '';
}

// SPDX-License-Identifier: Apache-2.0

/** What the command gets on top of the environment. */
export type Given = {
  readonly token: string;
  readonly handle: string;
  readonly tokenFile: string;
  readonly headerFile: string;
};

/** Names are compared in upper case, as Windows does. */
const OURS = /^(INPUT_|STATE_|ACTIONS_RUNTIME_)|^ACTIONS_(RESULTS|CACHE)_URL$|^GITHUB_STATE$/;
const MEANS_TO_ASK = /^ACTIONS_ID_TOKEN_REQUEST_(URL|TOKEN)$/;

/** The environment of the command: what a `run:` step has, the token, and nothing with which to ask for another. */
export function childEnvironment(
  env: NodeJS.ProcessEnv,
  given: Given,
  passIdToken: boolean,
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => isKept(name.toUpperCase(), passIdToken));
  return {
    ...Object.fromEntries(kept),
    TASKBOUND_TOKEN: given.token,
    TASKBOUND_TOKEN_FILE: given.tokenFile,
    TASKBOUND_HEADER_FILE: given.headerFile,
    TASKBOUND_HANDLE: given.handle,
  };
}

function isKept(name: string, passIdToken: boolean): boolean {
  return !OURS.test(name) && (passIdToken || !MEANS_TO_ASK.test(name));
}

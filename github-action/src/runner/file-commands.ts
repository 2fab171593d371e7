// SPDX-License-Identifier: Apache-2.0

/** Adds text to a file that the runner reads when this step has ended. */
export type Append = (path: string, text: string) => void;

/** What the last byte of such a file is; undefined where it is empty or absent. */
export type LastByte = (path: string) => number | undefined;

/** The runner's files for outputs and for state. A file that the runner did not name is left out. */
export type FileCommands = {
  readonly setOutput: (name: string, value: string) => void;
  readonly saveState: (name: string, value: string) => void;
  readonly addSummary: (markdown: string) => void;
};

export type FileAccess = {
  readonly append: Append;
  readonly lastByte: LastByte;
  readonly eol: string;
  /** A delimiter that no value can hold. */
  readonly randomUuid: () => string;
};

export function fileCommands(env: NodeJS.ProcessEnv, files: FileAccess): FileCommands {
  const add = (variable: string, text: string) => {
    const path = env[variable] ?? '';
    if (path !== '') {
      files.append(path, startOfLine(files, path) + text + files.eol);
    }
  };
  return {
    setOutput: (name, value) => add('GITHUB_OUTPUT', pair(files, name, value)),
    saveState: (name, value) => add('GITHUB_STATE', pair(files, name, value)),
    addSummary: (markdown) => add('GITHUB_STEP_SUMMARY', markdown),
  };
}

function pair(files: FileAccess, name: string, value: string): string {
  const delimiter = `taskbound_${files.randomUuid()}`;
  return [`${name}<<${delimiter}`, value, delimiter].join(files.eol);
}

/** A command that left its last line open must not swallow ours. */
function startOfLine(files: FileAccess, path: string): string {
  const last = files.lastByte(path);
  return last === undefined || last === 0x0a ? '' : files.eol;
}

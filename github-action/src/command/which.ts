// SPDX-License-Identifier: Apache-2.0
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/** Looks a command up in the PATH, as the runner does. */
export function whichIn(
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): (command: string) => string | undefined {
  const extensions = platform === 'win32' ? (env['PATHEXT'] ?? '.EXE;.CMD').split(';') : [];
  return (command) => {
    const folders = isAbsolute(command)
      ? ['']
      : (env['PATH'] ?? '').split(delimiter).filter((path) => path !== '');
    const names = ['', ...extensions].map((extension) => command + extension);
    return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
  };
}

/** Called for each folder of the PATH: throwing where there is nothing would take longer than the rest of the start. */
function isProgram(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() === true && isExecutable(path);
  } catch {
    // A folder that we may not read has no program for us; the next one may.
    return false;
  }
}

/** Throws where it is not. */
function isExecutable(path: string): boolean {
  accessSync(path, constants.X_OK);
  return true;
}

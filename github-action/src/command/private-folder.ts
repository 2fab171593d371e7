// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

const PREFIX = 'taskbound-';

/** The names under which a secret lies in such a folder. */
const SECRET_FILES = ['token', 'header', 'authorization'] as const;

/** A fresh folder that only this user may enter. Its name is ours, never made from a job's text. */
export type PrivateFolder = {
  readonly path: string;
  /** Writes a new file that only this user may read; returns its path. */
  readonly write: (name: string, text: string) => string;
  readonly remove: () => void;
};

export function makePrivateFolder(temp: string, platform: NodeJS.Platform): PrivateFolder {
  const path = mkdtempSync(join(resolve(temp), PREFIX));
  if (platform === 'win32') {
    keepToUser(path);
  }
  return {
    path,
    write: (name, text) => {
      const file = join(path, name);
      writeFileSync(file, text, { mode: 0o600, flag: 'wx' });
      return file;
    },
    remove: () => removePrivateFolder(path, temp),
  };
}

/** Removes a folder of ours. Any other path is left alone: the text comes from a state that the command could have written. */
export function removePrivateFolder(path: string, temp: string): void {
  if (dirname(path) === resolve(temp) && /^taskbound-[A-Za-z0-9]{6}$/.test(basename(path))) {
    try {
      removeAll(path);
    } finally {
      // If something that the command put there cannot be removed, the token still is.
      SECRET_FILES.map((name) => join(path, name)).forEach(removeAll);
    }
  }
}

function removeAll(path: string): void {
  rmSync(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Windows has no file modes: the folder's access list, which its files inherit, is reduced to this user. */
function keepToUser(path: string): void {
  const user = ownSid();
  const rights = [path, '/inheritance:r', '/grant:r', `*${user}:(OI)(CI)F`];
  if (user === undefined || spawnSync(ofSystem('icacls.exe'), rights, { stdio: 'ignore' }).status !== 0) {
    rmSync(path, { recursive: true, force: true });
    throw new Error('the folder for the token could not be protected from other users (whoami or icacls)');
  }
}

/** Our user, as the system knows it: any earlier step could have set a variable such as USERNAME to a group. */
function ownSid(): string | undefined {
  const { status, stdout } = spawnSync(ofSystem('whoami.exe'), ['/user', '/fo', 'csv', '/nh'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? /,"(S-1-(?:5|12)(?:-\d+)+)"\s*$/.exec(stdout)?.[1] : undefined;
}

function ofSystem(program: string): string {
  return join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', program);
}

// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * What the action close tells post: that it has closed a token. Post closes it again anyway, since a file can be forged;
 * it only prints something else then.
 */
export type ClosedNotes = {
  readonly leave: (handle: string) => void;
  readonly has: (handle: string) => boolean;
};

export function closedNotes(temp: string): ClosedNotes {
  const path = (handle: string) => join(temp, `taskbound-closed-${sha256(handle)}`);
  return {
    leave: (handle) => {
      try {
        writeFileSync(path(handle), '', { flag: 'wx', mode: 0o600 });
      } catch {
        // Already there, or no place for it: then post says that it closed the token itself.
      }
    },
    has: (handle) => existsSync(path(handle)),
  };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

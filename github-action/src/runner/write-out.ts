// SPDX-License-Identifier: Apache-2.0
import { writeSync } from 'node:fs';

const STDOUT = 1;
const PAUSE_MS = 5;

/**
 * Hands text to the runner, all of it before it returns: what follows, such as a command with streams of its own, cannot
 * overtake a mask. On a full pipe node's own stdout would return first: docs/decisions/0005.
 */
export function writeOut(text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    rest = rest.subarray(writeSome(rest));
  }
}

/** Writes nothing while the pipe is full, which we only see if the command has made our shared stream non-blocking. */
function writeSome(bytes: Buffer): number {
  try {
    return writeSync(STDOUT, bytes);
  } catch (fault) {
    if (codeOf(fault) === 'EPIPE') {
      return bytes.length;
    }
    if (codeOf(fault) !== 'EAGAIN') {
      throw fault;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    return 0;
  }
}

function codeOf(fault: unknown): unknown {
  return fault instanceof Error && 'code' in fault ? fault.code : undefined;
}

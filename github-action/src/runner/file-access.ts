// SPDX-License-Identifier: Apache-2.0
import { appendFileSync, closeSync, fstatSync, openSync, readSync, statSync } from 'node:fs';

export function appendTo(path: string, text: string): void {
  appendFileSync(path, text, 'utf8');
}

/** Undefined where the file is empty or absent. */
export function lastByteOf(path: string): number | undefined {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch {
    return undefined;
  }
  try {
    const byte = Buffer.alloc(1);
    return readSync(file, byte, 0, 1, fstatSync(file).size - 1) === 1 ? byte[0] : undefined;
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}

export function isFolder(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  } catch {
    // What we may not look at cannot be entered either.
    return false;
  }
}

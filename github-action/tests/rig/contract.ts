// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the vectors that the clients of all languages share. The caller names its type; the files are ours. */
export function contract<T>(name: string): T {
  return JSON.parse(contractText(name)) as T;
}

/** The same as it is. */
export function contractText(name: string): string {
  return readFileSync(join(process.cwd(), '..', 'contract', name), 'utf8');
}

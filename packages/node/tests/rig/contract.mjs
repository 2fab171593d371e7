// SPDX-License-Identifier: Apache-2.0
import { readFileSync } from 'node:fs';

/** A file of contract/: cases that the tests of every language read. */
export function vectors(name) {
  return JSON.parse(readFileSync(new URL(`../../../../contract/${name}`, import.meta.url), 'utf8'));
}

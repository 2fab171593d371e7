// SPDX-License-Identifier: Apache-2.0
// Fails when dist/ is not what src/ makes, or src/ not what the profiles say: node scripts/fresh.mjs
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { PROFILES_FILE, profilesSource } from './profiles.mjs';

const MADE = join('target', 'dist');
const MAX_BYTES = 700_000;

if (profilesSource() !== textOf(PROFILES_FILE)) {
  console.error(`${PROFILES_FILE} is stale. Run npm run build and commit the result.`);
  process.exitCode = 1;
}
await bundle(MADE);
const stale = namesIn(MADE, 'dist').filter((name) => textOf(MADE, name) !== textOf('dist', name));
const large = namesIn(MADE).filter((name) => textOf(MADE, name).length > MAX_BYTES);
if (stale.length > 0) {
  console.error(`dist/ is stale: ${stale.join(', ')}. Run npm run build and commit the result.`);
}
if (large.length > 0) {
  console.error(`over ${MAX_BYTES} bytes: ${large.join(', ')}`);
}
if (stale.length + large.length > 0) {
  process.exitCode = 1;
}

function namesIn(...folders) {
  return [...new Set(folders.flatMap((folder) => readdirSync(folder)))];
}

/** Without regard to line ends, which a checkout on Windows may change. */
function textOf(...path) {
  try {
    return readFileSync(join(...path), 'utf8').replaceAll('\r\n', '\n');
  } catch {
    return '';
  }
}

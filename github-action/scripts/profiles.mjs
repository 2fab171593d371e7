// SPDX-License-Identifier: Apache-2.0
// Writes what a refusal needs of the issuer's profiles into src/: node scripts/profiles.mjs
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FROM = join('..', 'issuer-lambda/src/main/resources/io/taskbound/identity/profiles');
const BANNER = `// SPDX-License-Identifier: Apache-2.0
// Made by \`npm run build\` from the profiles of issuer-lambda/. Do not edit.`;

export const PROFILES_FILE = join('src', 'text', 'profiles.ts');

/** The source text of src/text/profiles.ts. */
export function profilesSource() {
  const names = readFileSync(join(FROM, 'index.txt'), 'utf8').trim().split(/\r?\n/);
  const profiles = names.map((name) => JSON.parse(readFileSync(join(FROM, `${name}.json`), 'utf8')));
  const texts = profiles
    .filter(({ refusal }) => refusal !== undefined)
    .map(({ name, tenant_claims, default_events: events, refusal }) => ({
      name,
      tenant_claims,
      default_events: named(events),
      refusal,
    }))
    .map((profile) => JSON.stringify(profile));
  return formatted(`${BANNER}
import type { Profile } from './caller-profile.js';

export const PROFILES: readonly Profile[] = [${texts.join(',\n')}];
`);
}

function named(events) {
  return events === undefined ? undefined : { claim: events.claim, allowed: events.allowed };
}

function formatted(source) {
  const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome');
  const run = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${PROFILES_FILE}`], {
    input: source,
    encoding: 'utf8',
  });
  if (run.status !== 0) {
    throw new Error(`biome: ${run.stderr}`);
  }
  return run.stdout;
}

if (process.argv[1]?.endsWith('profiles.mjs')) {
  writeFileSync(PROFILES_FILE, profilesSource());
}

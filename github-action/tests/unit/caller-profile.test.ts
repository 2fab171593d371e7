// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonObject } from '../../src/base/json.js';
import { parseRefusal } from '../../src/issuer/refusal.js';
import type { TaskDetail } from '../../src/issuer/task-detail.js';
import { type Profile, profileOf } from '../../src/text/caller-profile.js';
import { PROFILES } from '../../src/text/profiles.js';
import { proposedRule } from '../../src/text/proposed-rule.js';
import { refusalText } from '../../src/text/refusal-text.js';
import { contract } from '../rig/contract.js';

const ISSUER = join('..', 'issuer-lambda', 'src');
const FOLDER = join('resources', 'io', 'taskbound', 'identity', 'profiles');
const SHIPPED = join(ISSUER, 'main', FOLDER);
const SAMPLES = join('..', 'contract', 'samples');

/** A profile's whole file; a system of which a refusal knows nothing of its own has no `refusal`. */
type ProfileFile = Omit<Profile, 'refusal'> & { readonly refusal?: Profile['refusal'] };

test('the action knows what the profiles of the issuer say', () => {
  const said = readFileSync(join(SHIPPED, 'index.txt'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .map((name) => profile(SHIPPED, name))
    .filter(({ refusal }) => refusal !== undefined)
    .map(({ name, tenant_claims, default_events, refusal }) => ({
      name,
      tenant_claims,
      ...(default_events && {
        default_events: { claim: default_events.claim, allowed: default_events.allowed },
      }),
      refusal,
    }));
  assert.deepEqual(PROFILES, said);
});

for (const system of readdirSync(SAMPLES, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
  for (const sample of samplesOf(system.name)) {
    test(`${system.name}/${sample}: the system of the caller, and the rule proposed for it`, () => {
      const claims = json<JsonObject>(join(SAMPLES, system.name, sample));
      const caller = profileOf(PROFILES, claims);
      const known = system.name !== 'generic';
      assert.equal(caller.name, known ? system.name : undefined);
      assert.ok(proposedRule(caller, claims).includes('    allow:'));
    });
  }
}

test('one file adds a CI system', () => {
  const added = contract<{
    issuer: string;
    now: number;
    claims: JsonObject;
    details: Omit<TaskDetail, 'locations'>;
    refusal: JsonObject;
    text: string[];
  }>('added-provider.json');
  const refusal = parseRefusal(added.refusal, 'the ID token');
  assert.ok(refusal);
  const refused = {
    issuer: added.issuer,
    details: [{ ...added.details, locations: [] }],
    refusal,
    afterLostAnswer: false,
    claims: added.claims,
    nowSeconds: added.now,
  };
  const azure = profile(join(ISSUER, 'test', FOLDER), 'azure-devops') as Profile;
  assert.deepEqual(refusalText(refused, [azure, ...PROFILES]), added.text);
  assert.match(refusalText(refused).join('\n'), /provider: NAME/);
});

function samplesOf(system: string): readonly string[] {
  return readdirSync(join(SAMPLES, system)).filter(
    // No step runs outside a build, so nobody prints its refusal.
    (name) => !name.endsWith('.caller.json') && name !== 'outside-a-build.json',
  );
}

function profile(folder: string, name: string): ProfileFile {
  return json(join(folder, `${name}.json`));
}

function json<T>(path: string): T {
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

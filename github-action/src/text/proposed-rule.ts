// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, scalarOf, textOf } from '../base/json.js';
import { isUnfitForARule, printable, quoted } from '../base/printable.js';
import type { CallerProfile } from './caller-profile.js';

/** The `allow:` entry of a task that would admit the caller's run, indented for the policy file. */
export function proposedRule(profile: CallerProfile, claims: JsonObject): readonly string[] {
  const unbindable =
    missingTenant(profile, claims) ??
    profile.bound.find((name) => isUnfitForARule(textOf(claims, name) ?? ''));
  return unbindable === undefined
    ? entry(profile, claims)
    : [`No rule is proposed: the value of ${unbindable} does not fit a rule as it is.`];
}

function entry(profile: CallerProfile, claims: JsonObject): readonly string[] {
  const provider = profile.name ?? 'NAME';
  const iss = scalarOf(claims, 'iss');
  return [
    'If all of this is right and this run should be allowed, propose this entry for the task in a pull request on the policy:',
    '    allow:',
    `      - provider: ${provider}  # the policy's name for ${iss === undefined ? 'this issuer' : printable(String(iss))}`,
    '        claims:',
    ...profile.bound.flatMap((name) => [
      ...noteLine(profile, claims, name),
      ...claimLine(profile, claims, name),
    ]),
    ...(profile.eventToName === undefined
      ? []
      : [
          '          # Not let in unless named. Can outsiders start it?',
          ...claimLine(profile, claims, profile.eventToName),
        ]),
  ];
}

function noteLine(profile: CallerProfile, claims: JsonObject, name: string): readonly string[] {
  const note = profile.notes[name];
  return note === undefined || claimLine(profile, claims, name).length === 0 ? [] : [`          # ${note}`];
}

function claimLine(profile: CallerProfile, claims: JsonObject, name: string): readonly string[] {
  const value = scalarOf(claims, name);
  if (value === undefined || value === '') {
    return [];
  }
  return [
    `          ${name}: ${typeof value === 'string' ? spellings(profile, name, quoted(value)) : value}`,
  ];
}

/** A name that ignores case is bound as it is and in lower case, as the next workflow may write it. */
function spellings(profile: CallerProfile, name: string, value: string): string {
  const lower = value.toLowerCase();
  return profile.ignoresCase.includes(name) && lower !== value ? `[${value}, ${lower}]` : value;
}

/** The name of the tenant claim, if the caller has none to bind. */
function missingTenant(profile: CallerProfile, claims: JsonObject): string | undefined {
  const isThere = profile.tenants.some((name) => claimLine(profile, claims, name).length > 0);
  return isThere ? undefined : profile.tenants[0];
}

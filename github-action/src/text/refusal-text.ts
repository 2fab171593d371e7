// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, scalarOf } from '../base/json.js';
import { printable } from '../base/printable.js';
import type { Refusal } from '../issuer/refusal.js';
import type { TaskDetail } from '../issuer/task-detail.js';
import { type Profile, profileOf } from './caller-profile.js';
import { PROFILES } from './profiles.js';
import { proposedRule } from './proposed-rule.js';

/** A request that was refused, and why. */
export type RefusedRequest = {
  readonly issuer: string;
  readonly details: readonly TaskDetail[];
  readonly refusal: Refusal;
  readonly afterLostAnswer: boolean;
  /** Of the caller's own ID token, read without any check: for display only. Undefined if it is not a readable JWT. */
  readonly claims: JsonObject | undefined;
};

/** Refusals that a rule can cure; the others are about the request or the ID token itself. */
const CURED_BY_A_RULE: readonly string[] = ['invalid_authorization_details', 'invalid_target'];

/** What every client of ours prints: what was asked, who the caller's ID token says it is, whom to ask, the missing rule. */
export function refusalText(
  refused: RefusedRequest,
  profiles: readonly Profile[] = PROFILES,
): readonly string[] {
  const { refusal } = refused;
  return [
    `Refused by ${refused.issuer}: ${refusal.code}`,
    ...(refusal.description === undefined ? [] : [`  ${refusal.description}`]),
    'Asked for:',
    ...refused.details.map((detail) => `  ${asked(detail)}`),
    ...caller(refused.claims, profiles),
    ...whomToAsk(refusal.requestId),
    ...remedy(refused, profiles),
  ];
}

/** A detail as one line: task, actions, target and places. */
export function asked(detail: TaskDetail): string {
  const actions = detail.actions.length === 0 ? '' : ` ${detail.actions.join(', ')}`;
  const places = detail.locations.length === 0 ? '' : ` at ${detail.locations.join(', ')}`;
  return `${printable(`${detail.task}:${actions}`)} ${printable(detail.identifier)}${printable(places)}`;
}

function caller(claims: JsonObject | undefined, profiles: readonly Profile[]): readonly string[] {
  if (claims === undefined) {
    return ['The ID token is not a readable JWT.'];
  }
  const profile = profileOf(profiles, claims);
  const provider = `${profile.name ?? 'other'} (${shown(claims, 'iss') ?? 'no iss'})`;
  return [
    'Your ID token says:',
    claimLine('provider', provider),
    ...profile.shown.map((name) => claimLine(name, shown(claims, name) ?? '(absent)')),
  ];
}

function claimLine(name: string, value: string): string {
  return `  ${name.padEnd(20)} ${value}`;
}

function shown(claims: JsonObject, name: string): string | undefined {
  const value = scalarOf(claims, name);
  return value === undefined ? undefined : printable(String(value));
}

function whomToAsk(requestId: string | undefined): readonly string[] {
  return requestId === undefined
    ? ['The answer carried no request id.']
    : [
        `Request id: ${requestId}`,
        `Ask the policy owner: taskbound policy explain --request-id ${requestId}`,
      ];
}

function remedy(
  { refusal, afterLostAnswer, claims }: RefusedRequest,
  profiles: readonly Profile[],
): readonly string[] {
  if (afterLostAnswer) {
    return [
      'An earlier try got no answer and may have been granted, which makes this one a replay.',
      'Ask again with a new ID token.',
    ];
  }
  if (!CURED_BY_A_RULE.includes(refusal.code)) {
    return ['No rule would change this: the request or the ID token itself was not accepted.'];
  }
  return claims === undefined ? [] : proposedRule(profileOf(profiles, claims), claims);
}

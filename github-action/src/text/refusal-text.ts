// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, scalarOf } from '../base/json.js';
import { printable } from '../base/printable.js';
import type { Refusal } from '../issuer/refusal.js';
import type { TaskDetail } from '../issuer/task-detail.js';
import { type Profile, profileOf } from './caller-profile.js';
import { PROFILES } from './profiles.js';
import { audienceText, issuedText, proofReasons } from './proof-reasons.js';
import { proposedRule } from './proposed-rule.js';
import { targetFlaw } from './target-flaw.js';

/** A request that was refused, and why. */
export type RefusedRequest = {
  readonly issuer: string;
  readonly details: readonly TaskDetail[];
  readonly refusal: Refusal;
  readonly afterLostAnswer: boolean;
  /** Of the caller's own ID token, read without any check: for display only. Undefined if it is not a readable JWT. */
  readonly claims: JsonObject | undefined;
  readonly nowSeconds: number;
};

/** What every client of ours prints: what to check, what was asked, who the ID token says it is, whom to ask, what would help. */
export function refusalText(
  refused: RefusedRequest,
  profiles: readonly Profile[] = PROFILES,
): readonly string[] {
  const { refusal } = refused;
  return [
    `Refused by ${refused.issuer}: ${refusal.code}${isAboutTheRule(refusal) ? WHAT_TO_CHECK : ''}`,
    ...(refusal.description === undefined ? [] : [`  ${refusal.description}`]),
    'Asked for:',
    ...refused.details.flatMap((detail) => askedLines(detail, isAboutTheRule(refusal))),
    ...caller(refused, profiles),
    ...whomToAsk(refusal.requestId),
    ...remedy(refused, profiles),
  ];
}

const WHAT_TO_CHECK =
  ' (check the task, the action, the target and the caller: the issuer does not tell which it was)';

/** No rule of the policy allows it. A description that names the parameter says what is wrong with the request's form. */
function isAboutTheRule({ code, description }: Refusal): boolean {
  return code === 'invalid_authorization_details' && !(description ?? '').includes('authorization_details');
}

/** The ID token was not accepted; a description of anything else says what is wrong with the request's form. */
function isAboutTheProof({ code, description }: Refusal): boolean {
  return (
    code === 'invalid_request' && (description === undefined || /subject_token|ID token/.test(description))
  );
}

/** A detail as one line: task, actions, target and places. */
export function asked(detail: TaskDetail): string {
  const actions = detail.actions.length === 0 ? '' : ` ${detail.actions.join(', ')}`;
  const places = detail.locations.length === 0 ? '' : ` at ${detail.locations.join(', ')}`;
  return `${printable(`${detail.task}:${actions}`)} ${printable(detail.identifier)}${printable(places)}`;
}

/** With what looks wrong with it, where that may be the reason. */
function askedLines(detail: TaskDetail, inDoubt: boolean): readonly string[] {
  const leftOut = detail.actions.length === 0;
  const flaw = targetFlaw(detail.identifier);
  return [
    `  ${asked(leftOut ? { ...detail, actions: ['action (left out)'] } : detail)}`,
    ...(inDoubt && leftOut
      ? ['    The action can be left out only if the task permits exactly one on this target.']
      : []),
    ...(!inDoubt || flaw === undefined ? [] : [`    ${flaw.sentence}`]),
  ];
}

function caller(
  { issuer, claims, nowSeconds }: RefusedRequest,
  profiles: readonly Profile[],
): readonly string[] {
  if (claims === undefined) {
    return ['The ID token is not a readable JWT.'];
  }
  const profile = profileOf(profiles, claims);
  const provider = `${profile.name ?? 'other'} (${shown(claims, 'iss') ?? 'no iss'})`;
  return [
    'Your ID token says:',
    claimLine('provider', provider),
    claimLine('aud', audienceText(claims)),
    claimLine('issued', issuedText({ issuer, claims, nowSeconds })),
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

function remedy(refused: RefusedRequest, profiles: readonly Profile[]): readonly string[] {
  const { issuer, details, refusal, afterLostAnswer, claims, nowSeconds } = refused;
  if (afterLostAnswer) {
    return [
      'An earlier try got no answer and may have been granted, which makes this one a replay.',
      'Ask again with a new ID token.',
    ];
  }
  if (isAboutTheProof(refusal)) {
    return claims === undefined
      ? ['No rule would change this: the ID token itself was not accepted.']
      : [
          'No rule would change this: the ID token itself was not accepted. The usual reasons:',
          ...proofReasons({ issuer, claims, nowSeconds }).map((reason) => `  ${reason}`),
        ];
  }
  if (refusal.code === 'invalid_target') {
    return [
      'No rule would change this: the task has a resource server of its own. Leave out resource and locations.',
    ];
  }
  if (refusal.code === 'access_denied') {
    return [
      'No rule would change this: a rule allows it, and the sentence above says why it was refused. The ID token was not used up.',
    ];
  }
  if (!isAboutTheRule(refusal)) {
    return ['No rule would change this: the request itself was not accepted.'];
  }
  if (details.some(({ identifier }) => targetFlaw(identifier)?.spoilt)) {
    return ['No rule is proposed: correct the target first.'];
  }
  return claims === undefined ? [] : proposedRule(profileOf(profiles, claims), claims);
}

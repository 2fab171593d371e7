// SPDX-License-Identifier: Apache-2.0
import { isoSeconds } from '../base/iso-seconds.js';
import type { Decision, Recorded, ShownApproval } from '../issuer/approval.js';
import type { Refusal } from '../issuer/refusal.js';
import { ageText } from './age.js';

// What a person sees who is to approve or deny what a step asks for.

/** The whole text, and what has become of it. */
export function shownText(approvalId: string, shown: ShownApproval): readonly string[] {
  return [
    `approval ${approvalId} (${stateText(shown)}):`,
    ...shown.lines.map((line) => `  ${line}`),
    ...shown.decisions.map(recordedText),
    `hash of this text: ${shown.hash}`,
  ];
}

export function stateText({ state, expiresInSeconds, needed, approvers }: ShownApproval): string {
  const groups = approvers.join(' or ');
  const people = needed === 1 ? 'one person' : `${needed} people`;
  return state === 'pending'
    ? `pending, ${ageText(expiresInSeconds)} left, needs ${people} of ${groups}`
    : state;
}

export function recordedText({ decision, at, provider, name, comment }: Recorded): string {
  const words = comment === undefined ? '' : `: ${comment}`;
  return `${decision === 'approve' ? 'approved' : 'denied'} by ${name} (${provider}) at ${isoSeconds(at)}${words}`;
}

/** What this person can do next. */
export function nextText({ objection, hash, state }: ShownApproval): readonly string[] {
  if (objection !== undefined) {
    return [`you cannot decide on it: ${objection}`];
  }
  return state === 'pending'
    ? [`when you have read it, start this workflow again with decision approve or deny, and shown ${hash}`]
    : [];
}

/** A decision without the hash of what was read. */
export function nothingShownText(decision: Decision): readonly string[] {
  return [
    `nothing was decided: to ${decision} it, first read it above, then start this workflow again with shown`,
  ];
}

/** What is asked for is not what the person has read. */
export function otherTextShown(): readonly string[] {
  return [
    'nothing was decided: shown is not the hash of this text, so you have read a different one',
    'read it above, then start this workflow again with its hash',
  ];
}

export function notDecidedText(
  { code, description, requestId }: Refusal,
  afterLostAnswer: boolean,
): readonly string[] {
  const words = description === undefined ? '' : `: ${description}`;
  return [
    `${code}${words}`,
    ...(afterLostAnswer
      ? [
          'an earlier try got no answer and may have been recorded: start this workflow again with decision show',
        ]
      : []),
    ...(requestId === undefined ? [] : [`request id: ${requestId}`]),
  ];
}

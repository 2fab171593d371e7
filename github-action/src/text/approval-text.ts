// SPDX-License-Identifier: Apache-2.0
import type { Pending } from '../issuer/pending.js';
import type { Refusal } from '../issuer/refusal.js';
import { ageText } from './age.js';

// What every wrapper of ours prints while people have yet to approve a step, and when that came to nothing.

const NOT_RUN = 'the command was not run';
const ASK_AGAIN = 'run the step again to ask for a new approval';

/** Who may approve, where, and how long there is. */
export function askedText(pending: Pending, leftMs: number): readonly string[] {
  return [
    `this needs approval by ${who(pending)}; waiting, ${left(leftMs)}`,
    `approve or deny: ${pending.approvalUri}`,
    `or in a terminal: taskbound approve ${pending.approvalId}`,
  ];
}

/** Another declaration is to be approved than before. */
export function askedAgainText(): readonly string[] {
  return ['the policy has changed meanwhile: what was asked before can no longer be approved'];
}

/** One of several approvals was given. */
export function givenText({ given, needed }: Pending, leftMs: number): readonly string[] {
  return [`${given} of ${needed} approvals given; waiting, ${left(leftMs)}`];
}

/** Nothing has changed. */
export function stillText(pending: Pending, leftMs: number): readonly string[] {
  return [`still waiting for approval by ${who(pending)}, ${left(leftMs)}: ${pending.approvalUri}`];
}

/** The issuer could not be asked, or there was no ID token; it will be asked once more. */
export function unheardText(why: string): readonly string[] {
  return [`no answer from the issuer (${why}); still waiting for the approval`];
}

export function approvedText(waitedMs: number): readonly string[] {
  return [`approved after ${age(waitedMs)}`];
}

/** The step waits no longer, though it could still be approved. `waitedMs`: 0 where it was told not to wait at all. */
export function gaveUpText(
  pending: Pending,
  { waitedMs, command }: { waitedMs: number; command: boolean },
): readonly string[] {
  return [
    waitedMs === 0
      ? `this needs approval by ${who(pending)}`
      : `not approved by ${who(pending)} within ${age(waitedMs)}`,
    `what was to be approved: ${pending.approvalUri}`,
    `an approval can no longer be used: run the step again to ask for a new one`,
    ...(command ? [NOT_RUN] : []),
  ];
}

/** The end of the step came first. `inDoubt`: what came of the last question is not known. */
export function cancelledText(
  { approvalId }: Pending,
  { inDoubt, command }: { inDoubt: boolean; command: boolean },
): readonly string[] {
  const token = inDoubt ? '' : 'no token was issued, and ';
  return [
    `stopped while waiting for approval; ${token}approval ${approvalId} can no longer be used`,
    ...(command ? [NOT_RUN] : []),
  ];
}

/** People denied it, or nobody approved it in time; the issuer's words say more. */
export function notApprovedText(
  refusal: Refusal,
  { approvalId, command }: { approvalId: string | undefined; command: boolean },
): readonly string[] {
  const { code, description, requestId } = refusal;
  const ids = [
    ...(approvalId === undefined ? [] : [`approval ${approvalId}`]),
    ...(requestId === undefined ? [] : [`request id ${requestId}`]),
  ];
  return [
    code === 'expired_token' ? `nobody approved it in time; ${ASK_AGAIN}` : 'it was not granted',
    ...(description === undefined ? [] : [description]),
    ...(ids.length === 0 ? [] : [ids.join(', ')]),
    ...(command ? [NOT_RUN] : []),
  ];
}

/** Where no fresh ID token can be had, and the one in hand has become too old. */
export function idTokenTooOldText(): readonly string[] {
  return [
    'the ID token is the same as at the start, and has become too old while people were asked: use id-token-command, or a file that is kept fresh',
  ];
}

function who({ approvers, needed, given }: Pending): string {
  const groups = approvers.join(' or ');
  const before = given === 0 ? '' : `, ${given} of them given`;
  return needed === 1 ? groups : `${needed} people of ${groups}${before}`;
}

function left(ms: number): string {
  return `${age(Math.max(0, ms))} left`;
}

function age(ms: number): string {
  return ageText(Math.floor(ms / 1000));
}

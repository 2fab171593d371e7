// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, textOf, textsOf, wholeOf } from '../base/json.js';
import { parseIssuerUrl } from './issuer-url.js';

/**
 * A task that people have to approve first, and that nobody has decided on yet. The issuer is asked again, in the way of RFC 8628
 * section 3.5. Every text is printable.
 */
export type Pending = {
  /** Names what is to be approved; no secret. Another one after a change of the policy. */
  readonly approvalId: string;
  /** Where a person can approve. */
  readonly approvalUri: string;
  /** The groups of the policy whose people may approve. */
  readonly approvers: readonly string[];
  readonly needed: number;
  readonly given: number;
  readonly intervalSeconds: number;
  /** In milliseconds since 1970, on the early side: then nobody can approve any more. */
  readonly expiresAt: number;
  /** The issuer was asked too soon: from now on 5 s more lie between two requests. */
  readonly slowDown: boolean;
};

/** No policy asks for more people. */
const MAX_NEEDED = 5;
const MAX_INTERVAL_SECONDS = 300;
/** The longest time that a policy gives. */
const MAX_WAIT_SECONDS = 86_400;
const MAX_GROUPS = 50;

/** Whether the code is one by which an issuer asks us to come again. */
export function isPending(code: string): boolean {
  return code === 'authorization_pending' || code === 'slow_down';
}

/** True for what can name an approval: 16 bytes of the run, and the SHA-256 of what was declared, in base64url. */
export function isApprovalId(text: string): boolean {
  return /^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/.test(text);
}

/** Undefined unless it is whole: we would not know how long to wait, or send people to an address of somebody else's making. */
export function parsePending(body: JsonObject, sentAt: number): Pending | undefined {
  const approvalId = textOf(body, 'approval_id') ?? '';
  const approvalUri = textOf(body, 'approval_uri') ?? '';
  const approvers = textsOf(body, 'approvers') ?? [];
  const needed = within(body, 'approvals_needed', { least: 1, most: MAX_NEEDED });
  const given = within(body, 'approvals_given', { least: 0, most: MAX_NEEDED });
  const interval = within(body, 'interval', { least: 1, most: MAX_INTERVAL_SECONDS });
  const expiresIn = within(body, 'expires_in', { least: 0, most: MAX_WAIT_SECONDS });
  if (!isApprovalId(approvalId) || !isPageOf(approvalId, approvalUri) || !areGroups(approvers)) {
    return undefined;
  }
  if (needed === undefined || given === undefined || interval === undefined || expiresIn === undefined) {
    return undefined;
  }
  return {
    approvalId,
    approvalUri,
    approvers,
    needed,
    given,
    intervalSeconds: interval,
    expiresAt: sentAt + expiresIn * 1000,
    slowDown: textOf(body, 'error') === 'slow_down',
  };
}

/** Groups of approvers, by their names in the policy; undefined for anything else. */
export function groupsOf(body: JsonObject, name: string): readonly string[] | undefined {
  const groups = textsOf(body, name);
  return groups?.every(isGroup) && groups.length <= MAX_GROUPS ? groups : undefined;
}

function areGroups(approvers: readonly string[]): boolean {
  return approvers.length > 0 && approvers.length <= MAX_GROUPS && approvers.every(isGroup);
}

function isGroup(name: string): boolean {
  return /^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/.test(name);
}

/** The issuer's own page of this approval, below whatever address it goes by. */
function isPageOf(approvalId: string, uri: string): boolean {
  return parseIssuerUrl(uri).kind === 'url' && uri.length <= 2048 && uri.endsWith(`/approve/${approvalId}`);
}

function within(
  body: JsonObject,
  name: string,
  { least, most }: { least: number; most: number },
): number | undefined {
  const value = wholeOf(body, name);
  return value !== undefined && value >= least && value <= most ? value : undefined;
}

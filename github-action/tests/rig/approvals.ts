// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import type { Answer } from './stand-in-issuer.js';

const RUN = 'UnVuUnVuUnVuUnVuUnVuUg';

export const APPROVAL_ID = `${RUN}.${'A'.repeat(43)}`;
/** Of the same request under another policy. */
export const OTHER_APPROVAL_ID = `${RUN}.${'B'.repeat(43)}`;

/** The answer of an issuer that waits for people. */
export function pending(changes: object = {}): Answer {
  const body = {
    error: 'authorization_pending',
    error_description: 'release-managers have not decided yet',
    request_id: '01JD5Z',
    ...waitingFor(APPROVAL_ID),
    interval: 5,
    expires_in: 1790,
    approvers: ['release-managers'],
    approvals_needed: 1,
    approvals_given: 0,
    ...changes,
  };
  return { status: 400, body };
}

/** The members that name an approval. */
export function waitingFor(id: string): { approval_id: string; approval_uri: string } {
  return { approval_id: id, approval_uri: `https://tokens.acme.example/approve/${id}` };
}

export function denied(): Answer {
  const body = {
    error: 'access_denied',
    error_description: 'an approver has denied it',
    request_id: '01JD60',
  };
  return { status: 400, body };
}

export function expired(): Answer {
  const body = {
    error: 'expired_token',
    error_description: 'nobody approved it in time',
    request_id: '01JD61',
    approval_id: APPROVAL_ID,
  };
  return { status: 400, body };
}

export const TEXT = [
  'task        sign-release: Sign release artifacts',
  'may         sign artifact:acme/shop/app.jar',
  'asked by    github, acme/shop (2002), started by octocat (583231)',
].join('\n');

export function hashOf(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

/** The answer to an approver who asks what it is about. */
export function shown(changes: object = {}, text = TEXT): Answer {
  const body = {
    ...waitingFor(APPROVAL_ID),
    state: 'pending',
    task: 'sign-release',
    text,
    text_sha256: hashOf(text),
    requested_at: 1_796_000_000,
    expires_in: 1_500,
    approvers: ['release-managers'],
    approvals_needed: 1,
    may_decide: true,
    decisions: [],
    ...changes,
  };
  return { status: 200, body };
}

/** The answer to his decision. */
export function recorded(decision: 'approve' | 'deny', comment?: string): Answer {
  const made = { decision, at: 1_796_000_060, provider: 'github', name: 'hubot-the-human', comment };
  return shown({
    state: decision === 'approve' ? 'approved' : 'denied',
    may_decide: false,
    why: 'you have decided on this request before; another approver is needed',
    decisions: [made],
  });
}

// SPDX-License-Identifier: Apache-2.0
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
    approval_id: APPROVAL_ID,
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

// SPDX-License-Identifier: Apache-2.0
import { type Checked, fault, faultsOf, ok } from '../base/checked.js';
import type { Decision } from '../issuer/approval.js';
import { isApprovalId } from '../issuer/pending.js';
import { type IdTokenSource, idTokenSource } from './id-token-input.js';
import { type Inputs, inputsOf } from './inputs.js';
import { audienceFor, issuerUrl } from './issuer-input.js';
import { usableProxies } from './proxy-setting.js';

/** What the person who started the workflow wants. */
export type ApproveSettings = {
  readonly issuer: string;
  readonly audience: string;
  readonly source: IdTokenSource;
  readonly approvalId: string;
  /** Undefined to only see it. */
  readonly decision: Decision | undefined;
  /** The hash of what the person has read; undefined if that was not given. */
  readonly shown: string | undefined;
  readonly comment: string | undefined;
};

const MAX_COMMENT = 200;

/** All faults at once, before any request is sent. */
export function parseApproveSettings(env: NodeJS.ProcessEnv): Checked<ApproveSettings> {
  const inputs = inputsOf(env);
  const issuer = issuerUrl(inputs, env);
  const audience = audienceFor(issuer.kind === 'ok' ? issuer.value : '', inputs);
  const source = idTokenSource(inputs, env);
  const approvalId = approvalIdOf(inputs);
  const decision = decisionOf(inputs);
  const shown = shownOf(inputs);
  const comment = commentOf(inputs);
  const proxies = usableProxies([issuer.kind === 'ok' ? issuer.value : ''], env);
  const faults = faultsOf([approvalId, decision, shown, comment, issuer, audience, source, proxies]);
  if (issuer.kind !== 'ok' || audience.kind !== 'ok' || source.kind !== 'ok' || proxies.kind !== 'ok') {
    return fault(faults.join('\n'));
  }
  if (approvalId.kind !== 'ok' || decision.kind !== 'ok' || shown.kind !== 'ok' || comment.kind !== 'ok') {
    return fault(faults.join('\n'));
  }
  return ok({
    issuer: issuer.value,
    audience: audience.value,
    source: source.value,
    approvalId: approvalId.value,
    decision: decision.value,
    shown: shown.value,
    comment: comment.value,
  });
}

/** The link from the log is as good: it ends with the id. */
function approvalIdOf(inputs: Inputs): Checked<string> {
  const id = inputs('approval-id').replace(/^https?:\/\/\S*\/approve\//, '');
  return isApprovalId(id)
    ? ok(id)
    : fault('approval-id must be the approval id from the log of the waiting step, or its link');
}

function decisionOf(inputs: Inputs): Checked<Decision | undefined> {
  const text = inputs('decision') || 'show';
  switch (text) {
    case 'show':
      return ok(undefined);
    case 'approve':
    case 'deny':
      return ok(text);
    default:
      return fault('decision must be show, approve or deny');
  }
}

function shownOf(inputs: Inputs): Checked<string | undefined> {
  const text = inputs('shown');
  if (text === '') {
    return ok(undefined);
  }
  return /^[A-Za-z0-9_-]{43}$/.test(text)
    ? ok(text)
    : fault('shown must be the hash that decision show prints: 43 characters');
}

function commentOf(inputs: Inputs): Checked<string | undefined> {
  const text = inputs('comment');
  const isFit = [...text].length <= MAX_COMMENT && !/[\p{C}\p{Zl}\p{Zp}]/u.test(text);
  return isFit
    ? ok(text === '' ? undefined : text)
    : fault(`comment must be one line of at most ${MAX_COMMENT} printable characters`);
}

// SPDX-License-Identifier: Apache-2.0
import { createHash } from 'node:crypto';
import { type JsonObject, objectsOf, parseJsonObject, textOf, wholeOf } from '../base/json.js';
import { printable } from '../base/printable.js';
import { type Net, send } from './calls.js';
import { formPost } from './form.js';
import { audienceObjection } from './id-token-audience.js';
import { ID_TOKEN_TYPE } from './mint.js';
import { notSent, type Outage } from './outage.js';
import { DEFAULT_PATIENCE } from './patience.js';
import { groupsOf } from './pending.js';
import { parseRefusal, type Refusal } from './refusal.js';
import { notAnIssuer, type Reply } from './reply.js';
import type { Secret } from './secret.js';

export type Decision = 'approve' | 'deny';

/** What to do about one approval, in the name of the person whom the ID token names. Without `decided` it is only shown. */
export type ApprovalRequest = {
  readonly issuer: string;
  /** What the ID token may be for beside the issuer's URL. */
  readonly audience: string;
  readonly idToken: Secret;
  readonly approvalId: string;
  readonly decided?: {
    readonly decision: Decision;
    /** The hash of the text that the person has read. */
    readonly shown: string;
    readonly comment: string | undefined;
  };
};

/** A decision that is recorded. Texts are printable. */
export type Recorded = {
  readonly decision: Decision;
  readonly at: number;
  readonly provider: string;
  readonly name: string;
  readonly comment: string | undefined;
};

/** What a step asks for, in the issuer's words. */
export type ShownApproval = {
  /** Such as pending, approved, denied, used, expired, replaced, ended. */
  readonly state: string;
  /** What is approved or denied, whole: printable lines. */
  readonly lines: readonly string[];
  /** Base64url of the text's SHA-256, computed here. */
  readonly hash: string;
  readonly expiresInSeconds: number;
  readonly approvers: readonly string[];
  readonly needed: number;
  /** Why this person cannot decide on it; undefined where he can. */
  readonly objection: string | undefined;
  readonly decisions: readonly Recorded[];
};

export type ApprovalAnswer =
  | { readonly kind: 'shown'; readonly shown: ShownApproval }
  | { readonly kind: 'refused'; readonly refusal: Refusal; readonly afterLostAnswer: boolean }
  | { readonly kind: 'unavailable'; readonly outage: Outage };

/** As many targets as one request may have, each of the longest name, stay below it. */
const MAX_BYTES = 256 * 1024;

/** Shows one approval, or decides on it. An ID token for somebody else is not sent. */
export async function askApproval(
  net: Net,
  request: ApprovalRequest,
  signal: AbortSignal,
): Promise<ApprovalAnswer> {
  const { issuer, audience, idToken, approvalId } = request;
  const objection = audienceObjection(idToken, { issuer, named: [audience] });
  if (objection !== undefined) {
    return { kind: 'unavailable', outage: notSent(objection) };
  }
  const post = formPost(issuer, `/approvals/${approvalId}`, parameters(request));
  const reply = await send(net, {
    request: { ...post, maxAnswerBytes: MAX_BYTES },
    patience: DEFAULT_PATIENCE,
    signal,
  });
  return reply.kind === 'none' ? { kind: 'unavailable', outage: reply.outage } : parse(request, reply);
}

function parameters({ idToken, decided }: ApprovalRequest): Record<string, string> {
  return {
    subject_token: idToken.reveal(),
    subject_token_type: ID_TOKEN_TYPE,
    ...(decided !== undefined && { decision: decided.decision, shown: decided.shown }),
    ...(decided?.comment !== undefined && { comment: decided.comment }),
  };
}

function parse(request: ApprovalRequest, received: Extract<Reply, { kind: 'received' }>): ApprovalAnswer {
  const body = parseJsonObject(received.body);
  if (received.status === 200) {
    const shown = body && parseShown(body, request.approvalId);
    return shown === undefined
      ? { kind: 'unavailable', outage: notAnIssuer(received, 'without a whole approval') }
      : { kind: 'shown', shown };
  }
  const refusal = parseRefusal(body, request.idToken.reveal());
  return refusal === undefined
    ? { kind: 'unavailable', outage: notAnIssuer(received, 'without an OAuth error') }
    : { kind: 'refused', refusal, afterLostAnswer: received.lostOne };
}

/** Undefined unless it is whole, about this approval, and its hash the one of its text. */
export function parseShown(body: JsonObject, approvalId: string): ShownApproval | undefined {
  const text = textOf(body, 'text') ?? '';
  const hash = createHash('sha256').update(text, 'utf8').digest('base64url');
  const state = textOf(body, 'state') ?? '';
  const expiresInSeconds = wholeOf(body, 'expires_in') ?? -1;
  const needed = wholeOf(body, 'approvals_needed') ?? 0;
  const approvers = groupsOf(body, 'approvers') ?? [];
  const decisions = objectsOf(body, 'decisions')?.map(parseRecorded);
  const mayDecide = body['may_decide'];
  const isWhole = textOf(body, 'approval_id') === approvalId && textOf(body, 'text_sha256') === hash;
  if (!isWhole || !isReadable(text) || !/^[a-z]{1,32}$/.test(state) || typeof mayDecide !== 'boolean') {
    return undefined;
  }
  if (expiresInSeconds < 0 || needed < 1 || approvers.length === 0) {
    return undefined;
  }
  return decisions?.every((each) => each !== undefined)
    ? {
        state,
        lines: text.split('\n'),
        hash,
        expiresInSeconds,
        approvers,
        needed,
        objection: mayDecide ? undefined : printable(textOf(body, 'why') ?? 'the issuer does not say why'),
        decisions,
      }
    : undefined;
}

/** Lines of printable ASCII, as issuers of ours write them: nothing else could be shown as it is. */
function isReadable(text: string): boolean {
  return /^[\x20-\x7e]+(\n[\x20-\x7e]+)*$/.test(text);
}

function parseRecorded(object: JsonObject): Recorded | undefined {
  const decision = textOf(object, 'decision');
  const at = wholeOf(object, 'at');
  const provider = textOf(object, 'provider');
  const name = textOf(object, 'name');
  const comment = textOf(object, 'comment');
  if ((decision !== 'approve' && decision !== 'deny') || at === undefined || provider === undefined) {
    return undefined;
  }
  return name === undefined
    ? undefined
    : {
        decision,
        at: at * 1000,
        provider: printable(provider),
        name: printable(name),
        comment: comment === undefined ? undefined : printable(comment),
      };
}

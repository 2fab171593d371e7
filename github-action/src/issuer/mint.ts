// SPDX-License-Identifier: Apache-2.0
import { type JsonObject, parseJsonObject, textOf, wholeOf } from '../base/json.js';
import { type Net, send } from './calls.js';
import { formPost } from './form.js';
import { isHandle } from './handle.js';
import { isNamed } from './handle-in-token.js';
import type { Holder } from './holder.js';
import { audienceObjection } from './id-token-audience.js';
import { notSent, type Outage } from './outage.js';
import { DEFAULT_PATIENCE } from './patience.js';
import { groupsOf, isApprovalId, isPending, type Pending, parsePending } from './pending.js';
import type { ProofKey } from './proof-key.js';
import { parseRefusal, type Refusal } from './refusal.js';
import { notAnIssuer, type Reply } from './reply.js';
import { parseSecret, type Secret } from './secret.js';
import { detailsAsJson, parseGrantedDetails, type TaskDetail } from './task-detail.js';

/** What to ask for. */
export type MintRequest = {
  readonly issuer: string;
  readonly idToken: Secret;
  /** What the ID token may be for beside the issuer's URL. */
  readonly audience: string;
  readonly details: readonly TaskDetail[];
  /** The id of this task instance, the same at every try. */
  readonly txn: string;
  /** Of this request: who holds it may renew the token. */
  readonly holder: Holder;
  readonly lifetimeSeconds: number | undefined;
  readonly leaseSeconds: number | undefined;
  readonly dryRun: boolean;
  /** A key to bind the token to, if the policy wants that. */
  readonly proofKey?: ProofKey | undefined;
};

/** A token with what the issuer said about it. Times count from before the request was sent, so they err on the early side. */
export type Granted = {
  readonly token: Secret;
  readonly holder: Holder;
  readonly handle: string;
  readonly grantedAt: number;
  readonly expiresAt: number;
  readonly leaseSeconds: number | undefined;
  /** As granted; may be less than asked for. */
  readonly details: readonly TaskDetail[];
  /** The kind of credential that it stands for, as the issuer writes it; undefined for a token that a server itself takes. */
  readonly credentialKind: string | undefined;
  /** The key that it is bound to, and without which it is of no use; undefined for a bearer token. */
  readonly boundTo: ProofKey | undefined;
};

export type MintAnswer =
  | { readonly kind: 'granted'; readonly granted: Granted }
  | { readonly kind: 'pending'; readonly pending: Pending }
  /** `approvers`: the groups that would have to approve it first; empty if nobody has to. */
  | { readonly kind: 'would-grant'; readonly approvers: readonly string[] }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly afterLostAnswer: boolean;
      /** Of a task that people have to approve, where the refusal is about that. */
      readonly approvalId: string | undefined;
    }
  | { readonly kind: 'unavailable'; readonly outage: Outage };

type Received = Extract<Reply, { kind: 'received' }>;

const GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const ID_TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:id_token';
/** The longest lifetime that any policy can set; more is no issuer of ours. */
const MAX_SECONDS = 3600;

/** Exchanges the ID token for a task token (RFC 8693 section 2). One that is for somebody else is not sent. */
export async function mint(net: Net, request: MintRequest, signal: AbortSignal): Promise<MintAnswer> {
  const { issuer, audience, txn } = request;
  const objection = audienceObjection(request.idToken, { issuer, named: [audience], txn });
  if (objection !== undefined) {
    return { kind: 'unavailable', outage: notSent(objection) };
  }
  const reply = await ask(net, request, signal);
  // Nothing was used up: a new proof, with the nonce of that answer, is all that it takes (RFC 9449 section 8).
  const last = wantsNonce(request, reply) ? await ask(net, request, signal) : reply;
  request.proofKey?.heard(nonceOf(last));
  return mintAnswerFrom(request, last);
}

function ask(net: Net, request: MintRequest, signal: AbortSignal): Promise<Reply> {
  const { issuer, proofKey } = request;
  const proof = proofKey?.proof({ method: 'POST', url: `${issuer}/token` });
  const headers = proof === undefined ? {} : { dpop: proof };
  return send(net, {
    request: formPost(issuer, '/token', parameters(request), headers),
    patience: DEFAULT_PATIENCE,
    signal,
  });
}

function wantsNonce({ proofKey }: MintRequest, reply: Reply): boolean {
  proofKey?.heard(nonceOf(reply));
  const error = reply.kind === 'received' && textOf(parseJsonObject(reply.body) ?? {}, 'error');
  return proofKey !== undefined && nonceOf(reply) !== undefined && error === 'use_dpop_nonce';
}

function nonceOf(reply: Reply): string | undefined {
  return reply.kind === 'received' ? reply.nonce : undefined;
}

/** What the end of such a call means. */
export function mintAnswerFrom(request: MintRequest, reply: Reply): MintAnswer {
  return reply.kind === 'none'
    ? { kind: 'unavailable', outage: reply.outage }
    : parseMintAnswer(request, reply);
}

function parameters(request: MintRequest): Record<string, string> {
  const { lifetimeSeconds, leaseSeconds } = request;
  return {
    grant_type: GRANT,
    subject_token: request.idToken.reveal(),
    subject_token_type: ID_TOKEN_TYPE,
    authorization_details: detailsAsJson(request.details),
    txn: request.txn,
    holder_challenge: request.holder.challenge,
    ...(lifetimeSeconds !== undefined && { requested_expires_in: String(lifetimeSeconds) }),
    ...(leaseSeconds !== undefined && { lease: String(leaseSeconds) }),
    ...(request.dryRun && { dry_run: 'true' }),
  };
}

function parseMintAnswer(request: MintRequest, received: Received): MintAnswer {
  const body = parseJsonObject(received.body);
  if (received.status === 200) {
    const answer =
      body && (request.dryRun ? parseWouldGrant(body) : parseGranted(body, request, received.sentAt));
    return answer ?? { kind: 'unavailable', outage: notAnIssuer(received, 'without a whole grant') };
  }
  const refusal = parseRefusal(body, request.idToken.reveal());
  if (refusal === undefined) {
    return { kind: 'unavailable', outage: noOAuthError(request, received) };
  }
  if (isPending(refusal.code)) {
    const pending = request.dryRun ? undefined : parsePending(body ?? {}, received.sentAt);
    return pending === undefined
      ? { kind: 'unavailable', outage: notAnIssuer(received, 'without saying what is to be approved') }
      : { kind: 'pending', pending };
  }
  const approvalId = textOf(body ?? {}, 'approval_id') ?? '';
  return {
    kind: 'refused',
    refusal,
    afterLostAnswer: received.lostOne,
    approvalId: isApprovalId(approvalId) ? approvalId : undefined,
  };
}

/** A 5xx that is not the issuer's own word may come from what stands before it, after the issuer has granted. */
function noOAuthError(request: MintRequest, received: Received): Outage {
  const outage = notAnIssuer(received, 'without an OAuth error');
  const inDoubt = received.status >= 500 && !request.dryRun;
  return { ...outage, mayHaveArrived: outage.mayHaveArrived || inDoubt };
}

function parseWouldGrant(body: JsonObject): MintAnswer | undefined {
  const approvers = groupsOf(body, 'needs_approval');
  return body['would_grant'] === true && approvers !== undefined
    ? { kind: 'would-grant', approvers }
    : undefined;
}

function parseGranted(body: JsonObject, request: MintRequest, sentAt: number): MintAnswer | undefined {
  const token = parseSecret('task token', textOf(body, 'access_token') ?? '');
  const handle = textOf(body, 'jti') ?? '';
  const lifetime = secondsOf(body, 'expires_in');
  const lease = secondsOf(body, 'lease_expires_in');
  const details = parseGrantedDetails(body);
  const credentialKind = kindOf(body);
  const isWhole =
    (lease === undefined) === !Object.hasOwn(body, 'lease_expires_in') &&
    (credentialKind === undefined) === !Object.hasOwn(body, 'credential_kind');
  if (!token || !isHandle(handle) || !isNamed(token, handle)) {
    return undefined;
  }
  const type = textOf(body, 'token_type')?.toLowerCase();
  const isBound = type === 'dpop' && request.proofKey !== undefined;
  const isOurs = (isBound || type === 'bearer') && textOf(body, 'txn') === request.txn;
  if (!lifetime || !details || !isWhole || !isOurs) {
    return undefined;
  }
  const expiresAt = sentAt + lifetime * 1000;
  return {
    kind: 'granted',
    granted: {
      token,
      holder: request.holder,
      handle,
      grantedAt: sentAt,
      expiresAt,
      leaseSeconds: lease,
      details,
      credentialKind,
      boundTo: isBound ? request.proofKey : undefined,
    },
  };
}

function kindOf(body: JsonObject): string | undefined {
  const kind = textOf(body, 'credential_kind');
  return kind !== undefined && /^[a-z0-9-]{1,64}$/.test(kind) ? kind : undefined;
}

/** Undefined unless it is a number of seconds that an issuer of ours may name. */
export function secondsOf(body: JsonObject, name: string): number | undefined {
  return secondsOrNoneOf(body, name) || undefined;
}

/** As above, and 0: in its last second a token has a lease of no whole second. */
export function secondsOrNoneOf(body: JsonObject, name: string): number | undefined {
  const value = wholeOf(body, name);
  return value !== undefined && value >= 0 && value <= MAX_SECONDS ? value : undefined;
}

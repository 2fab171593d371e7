// SPDX-License-Identifier: Apache-2.0
import { type MintAnswer, type MintRequest, mint } from '../issuer/mint.js';
import type { OutageKind } from '../issuer/outage.js';
import type { Pending } from '../issuer/pending.js';
import type { Secret } from '../issuer/secret.js';
import { askedAgainText, askedText, givenText, stillText, unheardText } from '../text/approval-text.js';
import type { IdTokenSupply, Supplied } from '../token/id-token-supply.js';
import type { Calling, Reporting } from '../world/world.js';
import { type Pace, pauseAfter, remindersFrom } from './pace.js';

/** A request that people have to approve. Each time it is the very same, but for the ID token. */
export type Asked = {
  readonly request: MintRequest;
  readonly idTokens: IdTokenSupply;
  /** How long the workflow wants to wait; undefined for as long as the issuer lets people approve. */
  readonly waitSeconds: number | undefined;
};

/** An answer that ends the wait, or that it ended without one. */
export type Settled =
  | Exclude<MintAnswer, { kind: 'pending' }>
  | { readonly kind: 'too-long' }
  | { readonly kind: 'cancelled' };

export type Waited = {
  readonly settled: Settled;
  /** The issuer may have granted a token whose answer did not reach us. */
  readonly inDoubt: boolean;
  /** The last that the issuer said of the approval. */
  readonly pending: Pending;
  /** The ID token of the last request: it proves the job still. */
  readonly idToken: Secret;
  /** No fresh one could be had, and it was refused. */
  readonly isTooOld: boolean;
  readonly waitedMs: number;
};

type WaitingWorld = Calling & Reporting;

/** So long the issuer, or whoever gives ID tokens, may be out of reach without ending the wait. */
const MAX_SILENCE_MS = 10 * 60_000;
/** An issuer that still waits this long after its own time does not keep it. */
const LATE_MS = 60_000;
/** Another request may go better. */
const PASSING_OUTAGES: readonly OutageKind[] = ['UNREACHABLE', 'NO_ANSWER', 'BUSY'];
const PASSING_CODES: readonly string[] = ['server_error', 'temporarily_unavailable'];

/** Asks until people have decided, or there is no more time, or the runner says stop. Tells the log who is waited for. */
export async function awaitApproval(world: WaitingWorld, asked: Asked, first: Pending): Promise<Waited> {
  const { now } = world.net;
  const startedAt = now();
  const limit = asked.waitSeconds === undefined ? Infinity : startedAt + asked.waitSeconds * 1000;
  const told = tellerOf(world, limit);
  const state: State = { pending: first, idToken: asked.request.idToken, inDoubt: false };
  const end = (settled: Settled, isTooOld = false): Waited => ({
    ...state,
    settled,
    isTooOld,
    waitedMs: now() - startedAt,
  });
  let pace: Pace = pauseAfter(first, { pauseMs: 0, slowest: 0 });
  let silentSince: number | undefined;
  told.pending(first);
  while (now() < Math.min(limit, state.pending.expiresAt + LATE_MS)) {
    const next = await askAfter(world, asked, Math.min(pace.pauseMs, limit - now()));
    if (next === undefined) {
      return end({ kind: 'cancelled' });
    }
    const { supplied, answer } = next;
    state.idToken = supplied.idToken;
    if (answer.kind === 'pending') {
      // The same approval still waits, so that no request before can have used it.
      state.inDoubt &&= answer.pending.approvalId !== state.pending.approvalId;
      state.pending = answer.pending;
      silentSince = undefined;
      pace = pauseAfter(answer.pending, pace);
      told.pending(answer.pending);
      continue;
    }
    state.inDoubt ||= mayHaveArrived(answer);
    const why = whyAgain(answer, supplied);
    silentSince ??= now();
    if (why === undefined || now() - silentSince >= MAX_SILENCE_MS) {
      const isCut = world.cancel.signal.aborted && answer.kind === 'unavailable';
      return end(
        isCut ? { kind: 'cancelled' } : answer,
        supplied.origin === 'same' && isAboutTheProof(answer),
      );
    }
    told.inVain(why);
  }
  return end({ kind: 'too-long' });
}

type State = { pending: Pending; idToken: Secret; inDoubt: boolean };

/** Undefined if the runner says stop before anything is sent. */
async function askAfter(
  { net, cancel }: WaitingWorld,
  { request, idTokens }: Asked,
  pauseMs: number,
): Promise<{ supplied: Supplied; answer: MintAnswer } | undefined> {
  await net.sleep(pauseMs, cancel.signal);
  if (cancel.signal.aborted) {
    return undefined;
  }
  const supplied = await idTokens.current();
  if (cancel.signal.aborted) {
    return undefined;
  }
  const answer = await mint(net, { ...request, idToken: supplied.idToken }, cancel.signal);
  if (isAboutTheProof(answer)) {
    idTokens.discard();
  }
  return { supplied, answer };
}

/** Why the request is worth another one; undefined if the answer settles it. */
function whyAgain(answer: MintAnswer, { origin, why }: Supplied): string | undefined {
  if (answer.kind === 'unavailable') {
    const { kind, sentence } = answer.outage;
    return PASSING_OUTAGES.includes(kind) ? sentence : undefined;
  }
  if (answer.kind !== 'refused') {
    return undefined;
  }
  if (PASSING_CODES.includes(answer.refusal.code)) {
    return answer.refusal.code;
  }
  return origin === 'kept' && isAboutTheProof(answer)
    ? (why ?? 'the ID token has become too old')
    : undefined;
}

function isAboutTheProof(answer: MintAnswer): boolean {
  return answer.kind === 'refused' && answer.refusal.code === 'invalid_request';
}

function mayHaveArrived(answer: MintAnswer): boolean {
  switch (answer.kind) {
    case 'granted':
    case 'would-grant':
    case 'pending':
      return false;
    case 'refused':
      return answer.afterLostAnswer;
    case 'unavailable':
      return answer.outage.mayHaveArrived;
  }
}

type Teller = { readonly pending: (pending: Pending) => void; readonly inVain: (why: string) => void };

/** One annotation for each approval, then a line where something has changed, and from time to time that the step still waits. */
function tellerOf({ log, files, net }: WaitingWorld, limit: number): Teller {
  const reminders = remindersFrom(net.now());
  let last: Pending | undefined;
  let isSilent = false;
  const tell = (pending: Pending, leftMs: number): boolean => {
    if (last?.approvalId !== pending.approvalId) {
      log.notice([...(last === undefined ? [] : askedAgainText()), ...askedText(pending, leftMs)]);
      files.setOutput('approval-id', pending.approvalId);
      return true;
    }
    const isDue = reminders.isDue(net.now());
    if (last.given !== pending.given) {
      log.say(givenText(pending, leftMs));
    } else if (isDue) {
      log.say(stillText(pending, leftMs));
    }
    return isDue || last.given !== pending.given;
  };
  return {
    pending: (pending) => {
      if (tell(pending, Math.min(limit, pending.expiresAt) - net.now())) {
        reminders.said(net.now());
      }
      last = pending;
      isSilent = false;
    },
    inVain: (why) => {
      if (!isSilent) {
        log.say(unheardText(why));
      }
      isSilent = true;
    },
  };
}

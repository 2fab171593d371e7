// SPDX-License-Identifier: Apache-2.0
import type { Outage } from './outage.js';
import { asksForAnother, brokenBy, isWorthRepeating, mayHaveArrived, requestIdIn } from './outcome.js';
import { type Patience, pauseAfter } from './patience.js';
import type { Reply } from './reply.js';
import { retryAfterMs } from './retry-after.js';
import type { HttpOutcome, HttpRequest, Transport } from './transport.js';

/** What a call needs of the world. */
export type Net = {
  readonly transport: Transport;
  /** Milliseconds since 1970 that never run backwards. */
  readonly now: () => number;
  /** Ends early when the signal is aborted; never throws. */
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** At least 0 and below 1. */
  readonly random: () => number;
};

/** A request, how long to keep trying, and when to give up. */
export type Call = {
  readonly request: Omit<HttpRequest, 'timeoutMs'>;
  readonly patience: Patience;
  readonly signal: AbortSignal;
  /** Whether a try is worth another one, for calls that differ in that. */
  readonly again?: (outcome: HttpOutcome) => boolean;
};

type Try = {
  readonly outcome: HttpOutcome;
  readonly sentAt: number;
  readonly retryAfterMs: number | undefined;
};

const MIN_TRY_MS = 1;

/** The very same bytes at each try, so that the issuer can tell a lost answer from a new request. */
export async function send(net: Net, call: Call): Promise<Reply> {
  const deadline = net.now() + call.patience.deadlineMs;
  let lostOne = false;
  for (let tries = 1; ; tries++) {
    const latest = await tryOnce(net, call, deadline - net.now());
    const pause = pauseBeforeNext(net, call, latest, { tries, leftMs: deadline - net.now() });
    if (pause === undefined) {
      return toReply(call, latest, { tries, lostOne });
    }
    lostOne ||= mayHaveArrived(latest.outcome);
    await net.sleep(pause, call.signal);
    if (call.signal.aborted) {
      return none({
        kind: 'INTERRUPTED',
        sentence: 'interrupted between two tries',
        tries,
        mayHaveArrived: lostOne,
      });
    }
    // A machine that was suspended wakes up late.
    if (net.now() >= deadline) {
      return toReply(call, latest, { tries, lostOne });
    }
  }
}

async function tryOnce(net: Net, call: Call, leftMs: number): Promise<Try> {
  const sentAt = net.now();
  const timeoutMs = Math.max(MIN_TRY_MS, Math.min(leftMs, call.patience.tryTimeoutMs));
  const outcome = await net.transport({ ...call.request, timeoutMs }, call.signal);
  const header = outcome.kind === 'answer' ? outcome.retryAfter : undefined;
  return { outcome, sentAt, retryAfterMs: retryAfterMs(header, net.now()) };
}

function pauseBeforeNext(
  net: Net,
  { patience, again = isWorthRepeating }: Call,
  latest: Try,
  at: { tries: number; leftMs: number },
): number | undefined {
  if (!again(latest.outcome)) {
    return undefined;
  }
  return pauseAfter(patience, {
    done: at.tries,
    retryAfterMs: latest.retryAfterMs,
    jitter: net.random(),
    leftMs: at.leftMs,
  });
}

function toReply(call: Call, latest: Try, before: { tries: number; lostOne: boolean }): Reply {
  const { tries, lostOne } = before;
  const { outcome, sentAt } = latest;
  if (outcome.kind === 'answer' && !asksForAnother(outcome.status)) {
    const { status, body, nonce } = outcome;
    return { kind: 'received', status, body, nonce, sentAt, tries, lostOne };
  }
  const arrived = lostOne || mayHaveArrived(outcome);
  return none(
    { ...brokenBy(outcome, call.request.url.host), tries, mayHaveArrived: arrived },
    requestIdIn(outcome),
  );
}

function none(outage: Omit<Outage, 'requestId'>, requestId?: string): Reply {
  return { kind: 'none', outage: { ...outage, requestId } };
}

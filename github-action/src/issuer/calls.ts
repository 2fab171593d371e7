// SPDX-License-Identifier: Apache-2.0
import { parseJsonObject } from '../text/json.js';
import type { Outage, OutageKind } from './outage.js';
import { type Patience, pauseAfter } from './patience.js';
import { requestIdOf } from './refusal.js';
import { retryAfterMs } from './retry-after.js';
import type { Stop } from './stop.js';
import type { HttpOutcome, HttpRequest, Transport } from './transport.js';

/** What a call needs of the world. */
export type Net = {
  readonly transport: Transport;
  /** Milliseconds since 1970 that never run backwards. */
  readonly now: () => number;
  /** Ends early, and never throws, when it is asked to. */
  readonly sleep: (ms: number, stop: Stop) => Promise<void>;
  /** At least 0 and below 1. */
  readonly random: () => number;
};

/** The end of a call: an answer that asks for no further try, or none. */
export type Reply =
  | {
      readonly kind: 'received';
      readonly status: number;
      readonly body: string;
      /** When the try that was answered went out: the safe start for "in n seconds". */
      readonly sentAt: number;
      readonly tries: number;
      /** An earlier try may have reached the issuer without its answer reaching us. */
      readonly lostOne: boolean;
    }
  | { readonly kind: 'none'; readonly outage: Outage };

/** A request, how long to keep trying, and when to give up. */
export type Call = {
  readonly request: Omit<HttpRequest, 'timeoutMs'>;
  readonly patience: Patience;
  readonly stop: Stop;
};

type Try = {
  readonly outcome: HttpOutcome;
  readonly sentAt: number;
  readonly retryAfterMs: number | undefined;
};

/** Statuses by which the issuer or a gateway before it asks for another try (429, 503) or admits a lost answer. */
const REPEATABLE: readonly number[] = [429, 502, 503, 504];
const GATEWAY_LOST_IT: readonly number[] = [502, 504];
const SHORTEST_TRY_MS = 1;

/** The very same bytes at each try, so that the issuer can tell a lost answer from a new request. */
export async function send(net: Net, call: Call): Promise<Reply> {
  const deadline = net.now() + call.patience.deadlineMs;
  let lostOne = false;
  for (let tries = 1; ; tries++) {
    const latest = await tryOnce(net, call, deadline - net.now());
    const pause = pauseBeforeNext(net, call.patience, latest, { tries, leftMs: deadline - net.now() });
    if (pause === undefined) {
      return toReply(call, latest, tries, lostOne);
    }
    lostOne ||= mayHaveArrived(latest.outcome);
    await net.sleep(pause, call.stop);
    if (call.stop.isAsked()) {
      return none({
        kind: 'INTERRUPTED',
        sentence: 'interrupted between two tries',
        tries,
        mayHaveArrived: lostOne,
      });
    }
    // A machine that was suspended wakes up late.
    if (net.now() >= deadline) {
      return toReply(call, latest, tries, lostOne);
    }
  }
}

async function tryOnce(net: Net, call: Call, leftMs: number): Promise<Try> {
  const sentAt = net.now();
  const timeoutMs = Math.max(SHORTEST_TRY_MS, Math.min(leftMs, call.patience.tryTimeoutMs));
  const outcome = await net.transport({ ...call.request, timeoutMs }, call.stop);
  const header = outcome.kind === 'answer' ? outcome.retryAfter : undefined;
  return { outcome, sentAt, retryAfterMs: retryAfterMs(header, net.now()) };
}

function pauseBeforeNext(
  net: Net,
  patience: Patience,
  latest: Try,
  at: { tries: number; leftMs: number },
): number | undefined {
  if (!isWorthRepeating(latest.outcome)) {
    return undefined;
  }
  return pauseAfter(patience, {
    done: at.tries,
    retryAfterMs: latest.retryAfterMs,
    jitter: net.random(),
    leftMs: at.leftMs,
  });
}

function isWorthRepeating(outcome: HttpOutcome): boolean {
  switch (outcome.kind) {
    case 'answer':
      return REPEATABLE.includes(outcome.status);
    case 'refused':
    case 'lost':
      return true;
    case 'tls':
    case 'large':
    case 'aborted':
      return false;
  }
}

function mayHaveArrived(outcome: HttpOutcome): boolean {
  switch (outcome.kind) {
    case 'answer':
      return GATEWAY_LOST_IT.includes(outcome.status);
    case 'lost':
    case 'large':
    case 'aborted':
      return true;
    case 'refused':
    case 'tls':
      return false;
  }
}

function toReply(call: Call, latest: Try, tries: number, lostOne: boolean): Reply {
  const { outcome, sentAt } = latest;
  if (outcome.kind === 'answer' && !REPEATABLE.includes(outcome.status)) {
    return { kind: 'received', status: outcome.status, body: outcome.body, sentAt, tries, lostOne };
  }
  const arrived = lostOne || mayHaveArrived(outcome);
  return none(
    { ...broken(outcome, call.request.url.host), tries, mayHaveArrived: arrived },
    requestId(outcome),
  );
}

function none(outage: Omit<Outage, 'requestId'>, requestId?: string): Reply {
  return { kind: 'none', outage: { ...outage, requestId } };
}

function broken(outcome: HttpOutcome, host: string): { kind: OutageKind; sentence: string } {
  switch (outcome.kind) {
    case 'answer':
      return {
        kind: GATEWAY_LOST_IT.includes(outcome.status) ? 'NO_ANSWER' : 'BUSY',
        sentence: `the issuer answered ${outcome.status}`,
      };
    case 'refused':
      return { kind: 'UNREACHABLE', sentence: `no connection to ${host}` };
    case 'lost':
      return { kind: 'NO_ANSWER', sentence: outcome.what };
    case 'tls':
      return { kind: 'UNTRUSTED', sentence: `TLS handshake failed with ${host}` };
    case 'large':
      return { kind: 'NOT_AN_ISSUER', sentence: 'the answer is longer than 64 KB' };
    case 'aborted':
      return { kind: 'INTERRUPTED', sentence: 'interrupted while waiting for the answer' };
  }
}

function requestId(outcome: HttpOutcome): string | undefined {
  const body = outcome.kind === 'answer' ? parseJsonObject(outcome.body) : undefined;
  return body && requestIdOf(body);
}

/** An answer that no issuer gives. Says what kind of thing came, never what it said. */
export function notAnIssuer(received: Extract<Reply, { kind: 'received' }>, missing: string): Outage {
  const { status, tries } = received;
  const isRedirect = status >= 300 && status < 400;
  return {
    kind: 'NOT_AN_ISSUER',
    sentence: isRedirect
      ? `the address answered ${status}, a redirect, and redirects are not followed`
      : `the address answered ${status} ${missing}`,
    tries,
    requestId: undefined,
    mayHaveArrived: received.lostOne || status === 200,
  };
}

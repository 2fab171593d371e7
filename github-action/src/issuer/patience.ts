// SPDX-License-Identifier: Apache-2.0

/**
 * How long one call keeps trying: at most `attempts` tries, none begun after `deadlineMs`; pauses double from
 * `firstPauseMs` to `longestPauseMs`, the second half of each random. A Retry-After is waited in full, plus up to one first
 * pause so that callers do not all return at once.
 */
export type Patience = {
  readonly attempts: number;
  readonly deadlineMs: number;
  readonly tryTimeoutMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
};

/** Survives a cold start behind a lost answer. */
export const DEFAULT_PATIENCE: Patience = {
  attempts: 4,
  deadlineMs: 60_000,
  tryTimeoutMs: 20_000,
  firstPauseMs: 500,
  longestPauseMs: 8_000,
};

export const CLOSING_PATIENCE: Patience = {
  attempts: 3,
  deadlineMs: 45_000,
  tryTimeoutMs: 20_000,
  firstPauseMs: 500,
  longestPauseMs: 4_000,
};

/** The token is closed, and somebody waits for the step to end. */
export const RECEIPT_PATIENCE: Patience = {
  attempts: 3,
  deadlineMs: 20_000,
  tryTimeoutMs: 10_000,
  firstPauseMs: 500,
  longestPauseMs: 2_000,
};

/** The issuer has just answered, and still somebody waits. */
export const KEYS_PATIENCE: Patience = {
  attempts: 3,
  deadlineMs: 10_000,
  tryTimeoutMs: 5_000,
  firstPauseMs: 250,
  longestPauseMs: 1_000,
};

/** After a signal the runner waits 7.5 s: three tries fit, and time is left to say how it went. */
export const HURRIED_PATIENCE: Patience = {
  attempts: 3,
  deadlineMs: 6_000,
  tryTimeoutMs: 3_000,
  firstPauseMs: 200,
  longestPauseMs: 800,
};

/**
 * One beat, begun when two thirds of the lease are left: it may use half a lease, a sixth for each try, so that neither a
 * lost answer nor a slow one costs the token.
 */
export function heartbeatPatience(leaseMs: number): Patience {
  return {
    attempts: 10,
    deadlineMs: leaseMs / 2,
    tryTimeoutMs: leaseMs / 6,
    firstPauseMs: leaseMs / 24,
    longestPauseMs: leaseMs / 6,
  };
}

/** Before the pause after try number `done` (from 1). */
export type Waited = {
  readonly done: number;
  readonly retryAfterMs: number | undefined;
  /** At least 0 and below 1. */
  readonly jitter: number;
  /** Time until the deadline. */
  readonly leftMs: number;
};

/** Undefined when that try was the last. */
export function pauseAfter(patience: Patience, waited: Waited): number | undefined {
  const { done, retryAfterMs, jitter, leftMs } = waited;
  const pause =
    retryAfterMs === undefined
      ? backoff(patience, done, jitter)
      : retryAfterMs + Math.floor(patience.firstPauseMs * jitter);
  return done < patience.attempts && pause < leftMs ? pause : undefined;
}

function backoff(patience: Patience, done: number, jitter: number): number {
  const full = Math.min(patience.firstPauseMs * 2 ** (done - 1), patience.longestPauseMs);
  return full / 2 + Math.floor((full / 2) * jitter);
}

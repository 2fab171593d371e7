// SPDX-License-Identifier: Apache-2.0
import type { Pending } from '../issuer/pending.js';

const SLOWER_MS = 5_000;

/** Milliseconds to the next request, and what the issuer has slowed us down to. */
export type Pace = { readonly pauseMs: number; readonly slowest: number };

/** The pause before the next request (RFC 8628 section 3.5): what the issuer says, and never again less than it has slowed us down to. */
export function pauseAfter(pending: Pending, before: Pace): Pace {
  const asked = pending.intervalSeconds * 1000;
  const slowest = pending.slowDown ? Math.max(asked, before.pauseMs + SLOWER_MS) : before.slowest;
  return { pauseMs: Math.max(asked, slowest), slowest };
}

/** Often enough that a log shows life, seldom enough that it can be read. */
const REMINDER_MS = 5 * 60_000;

/** When to say again that the step waits; counts from the last time that anything was said. */
export type Reminders = { readonly isDue: (now: number) => boolean; readonly said: (now: number) => void };

export function remindersFrom(start: number): Reminders {
  let last = start;
  return {
    isDue: (now) => now - last >= REMINDER_MS,
    said: (now) => {
      last = now;
    },
  };
}

// SPDX-License-Identifier: Apache-2.0
import { CLOSING_PATIENCE, HURRIED_PATIENCE, type Patience } from '../issuer/patience.js';
import { CANCEL_GRACE_MS } from './cancel.js';
import type { World } from './world.js';

/** A call that closes something. */
type ClosingCall<T> = (patience: Patience, abort: AbortSignal) => Promise<T>;

/** A close is not given up at a cancel: that is when it matters most. But it then has no more than the runner's patience. */
export async function inTime<T>(world: World, call: ClosingCall<T>): Promise<T> {
  const givenUp = new AbortController();
  const cancelled = world.cancel.signal;
  const hurry = () => void world.net.sleep(CANCEL_GRACE_MS, givenUp.signal).then(() => givenUp.abort());
  cancelled.addEventListener('abort', hurry, { once: true });
  if (cancelled.aborted) {
    hurry();
  }
  try {
    return await call(cancelled.aborted ? HURRIED_PATIENCE : CLOSING_PATIENCE, givenUp.signal);
  } finally {
    cancelled.removeEventListener('abort', hurry);
    givenUp.abort();
  }
}

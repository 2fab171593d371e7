// SPDX-License-Identifier: Apache-2.0
import { CLOSING_PATIENCE, HURRIED_PATIENCE, type Patience } from '../issuer/patience.js';
import { CANCEL_GRACE_MS } from '../world/cancel.js';
import type { Calling } from '../world/world.js';

/** A call that closes something. */
type ClosingCall<T> = (patience: Patience, signal: AbortSignal) => Promise<T>;

/** A cancel does not abort a close: that is when it matters most. But then it has only as long as the runner waits. */
export async function withDeadline<T>({ net, cancel }: Calling, call: ClosingCall<T>): Promise<T> {
  const deadline = new AbortController();
  const countDown = () => {
    void net.sleep(CANCEL_GRACE_MS, deadline.signal).then(() => deadline.abort());
  };
  const patience = cancel.signal.aborted ? HURRIED_PATIENCE : CLOSING_PATIENCE;
  if (cancel.signal.aborted) {
    countDown();
  } else {
    cancel.signal.addEventListener('abort', countDown);
  }
  try {
    return await call(patience, deadline.signal);
  } finally {
    cancel.signal.removeEventListener('abort', countDown);
    deadline.abort();
  }
}

// SPDX-License-Identifier: Apache-2.0
import { CLOSING_PATIENCE, HURRIED_PATIENCE, type Patience } from '../issuer/patience.js';
import { type Stop, stopper } from '../issuer/stop.js';
import { CANCEL_GRACE_MS } from '../world/cancel.js';
import type { World } from '../world/world.js';

/** A call that closes something. */
type ClosingCall<T> = (patience: Patience, stop: Stop) => Promise<T>;

/** A close is not given up at a cancel: that is when it matters most. But it then has no more than the runner's patience. */
export async function withDeadline<T>(world: World, call: ClosingCall<T>): Promise<T> {
  const giveUp = stopper();
  const patience = world.cancel.stop.isAsked() ? HURRIED_PATIENCE : CLOSING_PATIENCE;
  const forget = world.cancel.stop.whenAsked(() => {
    void world.net.sleep(CANCEL_GRACE_MS, giveUp.stop).then(giveUp.ask);
  });
  try {
    return await call(patience, giveUp.stop);
  } finally {
    forget();
    giveUp.ask();
  }
}

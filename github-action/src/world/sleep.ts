// SPDX-License-Identifier: Apache-2.0
import type { Stop } from '../issuer/stop.js';

/** Ends early when it is asked to; never throws. */
export function sleep(ms: number, stop: Stop): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      forget();
      resolve();
    }, ms);
    const forget = stop.whenAsked(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

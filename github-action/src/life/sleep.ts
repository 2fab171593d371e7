// SPDX-License-Identifier: Apache-2.0

/** Ends early when the signal is given; never throws. */
export function sleep(ms: number, abort: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (abort.aborted) {
      resolve();
      return;
    }
    const wake = () => {
      clearTimeout(timer);
      abort.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    abort.addEventListener('abort', wake, { once: true });
  });
}

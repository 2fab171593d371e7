// SPDX-License-Identifier: Apache-2.0

/** Asks whoever works to give up. An AbortSignal in small: setting that one up takes a noticeable part of the start. */
export type Stop = {
  readonly isAsked: () => boolean;
  /** Calls the listener when it is asked, at once if it was already. Answers how to forget the listener. */
  readonly whenAsked: (listener: () => void) => () => void;
};

export type Stopper = { readonly stop: Stop; readonly ask: () => void };

export function stopper(): Stopper {
  const listeners = new Set<() => void>();
  let asked = false;
  const whenAsked = (listener: () => void) => {
    if (asked) {
      listener();
    } else {
      listeners.add(listener);
    }
    return () => void listeners.delete(listener);
  };
  const ask = () => {
    asked = true;
    for (const listener of [...listeners]) {
      listener();
    }
    listeners.clear();
  };
  return { stop: { isAsked: () => asked, whenAsked }, ask };
}

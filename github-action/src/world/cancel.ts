// SPDX-License-Identifier: Apache-2.0

/** A request, usually by the runner, that this process end. */
export type Cancel = {
  /** Aborted by the first signal. */
  readonly signal: AbortSignal;
  /** The first signal. */
  readonly asked: Promise<NodeJS.Signals>;
  /** Somebody has lost patience: the second one. */
  readonly insisted: Promise<NodeJS.Signals>;
};

/** The runner kills after 7.5 s; this leaves time to say how it went. */
export const CANCEL_GRACE_MS = 6_500;

const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK'];

/** Where signals are heard: the process. */
export type SignalSource = { readonly on: (signal: NodeJS.Signals, heard: () => void) => unknown };

/** From here on a signal no longer ends the process on its own. */
export function listenForCancel(source: SignalSource): Cancel {
  const controller = new AbortController();
  const first = once<NodeJS.Signals>();
  const second = once<NodeJS.Signals>();
  for (const signal of SIGNALS) {
    source.on(signal, () => {
      (controller.signal.aborted ? second : first).resolve(signal);
      controller.abort();
    });
  }
  return { signal: controller.signal, asked: first.promise, insisted: second.promise };
}

function once<T>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {};
  const promise = new Promise<T>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}

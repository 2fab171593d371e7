// SPDX-License-Identifier: Apache-2.0

/**
 * What broke. NOT_SENT: the ID token is not for this issuer. PROXY_LOGIN: the proxy wants a password. UNREACHABLE: nothing was sent. NO_ANSWER: sent, and the issuer may have acted. BUSY: 429 or 503. UNTRUSTED:
 * the TLS certificate. NOT_AN_ISSUER: something that does not answer like one. INTERRUPTED: we were told to stop.
 */
export type OutageKind =
  | 'NOT_SENT'
  | 'PROXY_LOGIN'
  | 'UNREACHABLE'
  | 'NO_ANSWER'
  | 'BUSY'
  | 'UNTRUSTED'
  | 'NOT_AN_ISSUER'
  | 'INTERRUPTED';

/** Why no usable answer came. The sentence is ours and never repeats what the other side sent. */
export type Outage = {
  readonly kind: OutageKind;
  readonly sentence: string;
  readonly tries: number;
  readonly requestId: string | undefined;
  /** True when some try may have reached the issuer: it may have acted although we do not know of it. */
  readonly mayHaveArrived: boolean;
};

/** Nothing left this machine. */
export function notSent(sentence: string): Outage {
  return { kind: 'NOT_SENT', sentence, tries: 0, requestId: undefined, mayHaveArrived: false };
}

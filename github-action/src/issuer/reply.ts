// SPDX-License-Identifier: Apache-2.0
import type { Outage } from './outage.js';

/** The end of a call: an answer that asks for no further try, or none. */
export type Reply =
  | {
      readonly kind: 'received';
      readonly status: number;
      readonly body: string;
      /** The header `DPoP-Nonce`. */
      readonly nonce: string | undefined;
      /** When the try that was answered went out: the safe start for "in n seconds". */
      readonly sentAt: number;
      readonly tries: number;
      /** An earlier try may have reached the issuer without its answer reaching us. */
      readonly lostOne: boolean;
    }
  | { readonly kind: 'none'; readonly outage: Outage };

/** An answer that no issuer gives. Says what kind of answer came, never its content. */
export function notAnIssuer(received: Extract<Reply, { kind: 'received' }>, missing: string): Outage {
  const { status, tries } = received;
  const isRedirect = status >= 300 && status < 400;
  return {
    kind: 'NOT_AN_ISSUER',
    sentence: isRedirect
      ? `the address answered ${status}, a redirect, and redirects are not followed`
      : `the address answered ${status} ${missing}`,
    tries,
    requestId: undefined,
    mayHaveArrived: received.lostOne || status === 200,
  };
}

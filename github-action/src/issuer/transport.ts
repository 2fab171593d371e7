// SPDX-License-Identifier: Apache-2.0
/** One HTTP request. The body, if any, is a form and may hold secrets. */
export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For all of it, from the first packet to the last. */
  readonly timeoutMs: number;
  /** A longer answer is none; 64 KB unless said. */
  readonly maxAnswerBytes?: number;
};

/**
 * What came of one request. `refused`: no connection, nothing was sent. `proxy-login`: the proxy wants a user and password. `lost`: sent, but no whole answer came back.
 * `tls`: the other side could not prove who it is. `large`: more than any issuer says. `aborted`: we gave up on it.
 */
export type HttpOutcome =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfter: string | undefined;
      readonly body: string;
      /** The header `DPoP-Nonce`. */
      readonly nonce?: string | undefined;
    }
  | { readonly kind: 'refused' }
  | { readonly kind: 'proxy-login' }
  | { readonly kind: 'lost'; readonly what: string }
  | { readonly kind: 'tls' }
  | { readonly kind: 'large'; readonly maxBytes: number }
  | { readonly kind: 'aborted' };

/** Sends one request, follows no redirect, and never throws. */
export type Transport = (request: HttpRequest, signal: AbortSignal) => Promise<HttpOutcome>;

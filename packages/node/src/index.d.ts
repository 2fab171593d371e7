// SPDX-License-Identifier: Apache-2.0

/** A task token as it was received, unchecked. It shows in no log: `reveal` is the one way to its text. */
export declare class TaskToken {
  private constructor();
  /** Hand it to nobody but the issuer; never log it. */
  reveal(): string;
  toString(): string;
}

/** How a token is presented: RFC 6750, or together with a proof of the key that it is bound to (RFC 9449). */
export type Scheme = 'Bearer' | 'DPoP';

/** What a request brings to be let in. A token in it is unchecked; `why` repeats nothing of the request. */
export type Presented =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'malformed'; readonly why: string }
  | { readonly kind: 'token'; readonly token: TaskToken; readonly scheme: Scheme; readonly proof?: string };

/** Reads the values of all headers `Authorization` and `DPoP` of a request, in the order in which they came. */
export declare function presented(authorization: readonly string[], dpop?: readonly string[]): Presented;

/** The same, of a request of node:http. */
export declare function presentedIn(request: { readonly rawHeaders: readonly string[] }): Presented;

/** What you are about to do. */
export type Use = {
  /** As in the policy. */
  readonly action: string;
  /** The one target, built by you from what you received; compared character by character. */
  readonly identifier: string;
  /**
   * Your own name for this use, such as the id of a job that you stored before. The same use asked for again counts once.
   * Never take it from the caller. By default a random one, which no other call shares.
   */
  readonly useId?: string;
  /** Only for a job that your own record says is undone: a repeat is then allowed, until the token dies. */
  readonly repeatAllowed?: boolean;
};

/** The request that brought the token: what a proof has to name. */
export type RequestLine = {
  readonly method: string;
  /** As you know your own public URL, never put together from the request's Host. Query and fragment do not matter. */
  readonly url: string | { readonly href: string };
};

export type TaskDetail = {
  readonly task: string;
  readonly actions: readonly string[];
  readonly locations: readonly string[];
  readonly identifier: string;
};

/** What the issuer says about a living token. */
export type ActiveToken = {
  /** The token's `jti`: public, the word for it in your log. */
  readonly handle: string;
  readonly subject: string;
  readonly audience: string;
  readonly txn: string | undefined;
  readonly expiresAt: Date;
  readonly details: readonly TaskDetail[];
  readonly usesLeft: number | undefined;
  readonly keyThumbprint: string | undefined;
  readonly nonce: string | undefined;
};

/** Why a request is refused; a bounded set, for logs and metrics. */
export type Reason =
  | 'no_token'
  | 'malformed'
  | 'invalid_token'
  | 'expired'
  | 'closed'
  | 'lapsed'
  | 'window'
  | 'spent'
  | 'not_permitted'
  | 'repeat'
  | 'invalid_dpop_proof'
  | 'use_dpop_nonce'
  | 'misconfigured'
  | 'unavailable';

/** What to do with the request. */
export type Verdict = Allowed | Refused;

/** Do the task. */
export type Allowed = {
  readonly allowed: true;
  readonly status: 200;
  readonly reason: 'allowed';
  /** To be set on your answer: `DPoP-Nonce`, if the token is bound to a key. */
  readonly headers: Readonly<Record<string, string>>;
  readonly token: ActiveToken;
};

/** Do not. */
export type Refused = {
  readonly allowed: false;
  readonly status: 401 | 403 | 409 | 503;
  readonly reason: Reason;
  /** For the caller, one sentence. */
  readonly message: string;
  /** To be set on your answer: `WWW-Authenticate`, `DPoP-Nonce`, `Retry-After`. */
  readonly headers: Readonly<Record<string, string>>;
  /** For your own log, where it is your own fault or an outage; never for the caller. */
  readonly operator?: string;
};

/** How long one question to the issuer keeps trying. The defaults survive a cold start behind a lost answer. */
export type Patience = {
  /** 4 */
  readonly attempts?: number;
  /** 60,000: no try begins later, and one that is under way is cut off. */
  readonly deadlineMs?: number;
  /** 20,000 */
  readonly tryTimeoutMs?: number;
  /** 500 */
  readonly firstPauseMs?: number;
  /** 8,000 */
  readonly longestPauseMs?: number;
};

export type Settings = {
  /** The issuer's URL: https, or http on a loopback address. */
  readonly issuer: string;
  /** Your server's name in the policy. */
  readonly name: string;
  /** What `taskbound policy secret` wrote; a line feed at its end does no harm. */
  readonly secret: string;
  readonly patience?: Patience;
};

/** One resource server of one issuer's policy. Its methods reject only for arguments that cannot be meant. */
export declare class ResourceServer {
  /** Throws a TypeError for settings that cannot be meant; its message repeats neither secret nor URL. */
  constructor(settings: Settings);

  /** Uses the presented token once. The answer that allows it is also what counts it. */
  redeem(presented: Presented, use: Use, request: RequestLine): Promise<Verdict>;

  /** Asks whether the token is alive and permits exactly this, without using it. */
  introspect(
    presented: Presented,
    use: Pick<Use, 'action' | 'identifier'>,
    request: RequestLine,
  ): Promise<Verdict>;

  toString(): string;
}

export type ProtectSettings<Request> = {
  /** Your service's own address as callers know it, such as `https://tickets.acme.example`: what proofs have to name. */
  readonly publicUrl: string;
  /** Ask whether the token is alive, and count nothing. */
  readonly introspect?: boolean;
  /** Hears each verdict, for logs and metrics. Must not throw. */
  readonly onVerdict?: (verdict: Verdict, request: Request) => void;
};

/** The parts of a request of node:http or Express that are read. */
export type IncomingRequest = {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly originalUrl?: string | undefined;
  readonly rawHeaders: readonly string[];
};

/** The parts of a response of node:http or Express that are written. */
export type OutgoingResponse = {
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(text: string): unknown;
};

/**
 * A middleware for node:http, Express and what resembles them: calls `next` when the request's token was redeemed for what
 * `toUse` makes of the request, and answers it otherwise.
 *
 * @param toUse undefined for a request that no token permits: 403
 */
export declare function protect<Request extends IncomingRequest>(
  server: ResourceServer,
  toUse: (request: Request) => Use | undefined | Promise<Use | undefined>,
  settings: ProtectSettings<Request>,
): (request: Request, response: OutgoingResponse, next: () => void) => Promise<void>;

/** The living token of a request that `protect` let through; undefined of any other. */
export declare function tokenOf(request: object): ActiveToken | undefined;

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Duration;
import java.util.Optional;

/**
 * Why no usable answer came: the environment broke, nothing was decided. Its sentence is ours and never repeats what
 * the other side sent.
 *
 * @param kind of the last try
 * @param sentence for a log, without a full stop
 * @param retryAfter what the issuer last asked for
 * @param requestId of the last answer, for the issuer's operator
 * @param tries how many requests went out
 * @param mayHaveArrived one of them may have reached the issuer without an answer that was understood, whatever the
 *     kind, which tells of the last try alone
 */
public record Outage(
        Kind kind,
        String sentence,
        Optional<Duration> retryAfter,
        Optional<String> requestId,
        int tries,
        boolean mayHaveArrived) {

    /** Nothing left this machine. */
    static Outage notSent(String sentence) {
        return new Outage(Kind.NOT_SENT, sentence, Optional.empty(), Optional.empty(), 0, false);
    }

    /** What broke. */
    public enum Kind {
        /** The ID token is not for this issuer, so it was not sent. */
        NOT_SENT,
        /** No connection: nothing was sent. */
        UNREACHABLE,
        /** The proxy wants a user and password, or other ones: nothing was sent. */
        PROXY_LOGIN,
        /** Sent, but the connection broke or the time passed. */
        NO_ANSWER,
        /** 429 or 503: out of capacity or a dependency is away. */
        BUSY,
        /** The TLS certificate or handshake is not acceptable. */
        UNTRUSTED,
        /** Something answered that does not speak as an issuer does: a redirect, HTML, too much, a bare 500. */
        NOT_AN_ISSUER,
        /** This thread was interrupted. */
        INTERRUPTED
    }
}

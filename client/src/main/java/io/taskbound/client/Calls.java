// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpConnectTimeoutException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import javax.net.ssl.SSLHandshakeException;

/**
 * One call with its tries: the very same bytes each time, so that the other side can tell a lost answer from a new
 * request. Says nothing about what an answer means; a status that asks for another try is the only thing it reads.
 */
final class Calls {
    static final String ISSUER = "the issuer";
    private static final int MAX_ANSWER_BYTES = 64 * 1024;
    private static final int KB = 1024;
    private static final Duration MIN_TRY = Duration.ofMillis(1);

    private final String peer;
    private final Transport transport;
    private final Clock clock;
    private final Sleeper sleeper;
    private final DoubleSupplier jitter;
    private final int maxAnswerBytes;

    /** @param peer what an outage's sentence calls the other side */
    Calls(String peer, Transport transport, Clock clock, Sleeper sleeper, DoubleSupplier jitter) {
        this(peer, transport, clock, sleeper, jitter, MAX_ANSWER_BYTES);
    }

    private Calls(
            String peer, Transport transport, Clock clock, Sleeper sleeper, DoubleSupplier jitter, int maxAnswerBytes) {
        this.maxAnswerBytes = maxAnswerBytes;
        this.peer = peer;
        this.transport = transport;
        this.clock = clock;
        this.sleeper = sleeper;
        this.jitter = jitter;
    }

    /** The same, for answers that may be longer. */
    Calls upTo(int answerBytes) {
        return new Calls(peer, transport, clock, sleeper, jitter, answerBytes);
    }

    Clock clock() {
        return clock;
    }

    private Instant now() {
        return clock.instant();
    }

    Reply send(URI uri, Map<String, String> headers, byte[] body, Patience patience) {
        return send(uri, headers, body, patience, Try::isWorthRepeating);
    }

    /** @param again whether this try is worth another one */
    Reply send(URI uri, Map<String, String> headers, byte[] body, Patience patience, Predicate<Try> again) {
        Instant deadline = now().plus(patience.deadline());
        boolean lostOne = false;
        for (int tries = 1; ; tries++) {
            Duration timeout = timeout(Duration.between(now(), deadline), patience.tryTimeout());
            Try outcome = once(new TransportRequest(uri, headers, body, timeout, maxAnswerBytes));
            Optional<Duration> pause =
                    again.test(outcome) ? pause(patience, tries, outcome, deadline) : Optional.empty();
            if (pause.isEmpty()) {
                return outcome.toReply(tries, lostOne);
            }
            lostOne |= outcome.mayHaveArrived();
            if (!slept(pause.get())) {
                return interruptedBetween(tries, lostOne);
            }
            // A machine that was suspended wakes up late.
            if (!now().isBefore(deadline)) {
                return outcome.toReply(tries, lostOne);
            }
        }
    }

    private static Reply interruptedBetween(int tries, boolean lostOne) {
        return new Reply.None(new Outage(
                Outage.Kind.INTERRUPTED,
                "interrupted between two tries",
                Optional.empty(),
                Optional.empty(),
                tries,
                lostOne));
    }

    /** Never nothing: the deadline may pass between two looks at the clock, and no request takes a limit of zero. */
    private static Duration timeout(Duration left, Duration most) {
        Duration shorter = left.compareTo(most) < 0 ? left : most;
        return shorter.compareTo(MIN_TRY) < 0 ? MIN_TRY : shorter;
    }

    private Optional<Duration> pause(Patience patience, int tries, Try outcome, Instant deadline) {
        var left = Duration.between(now(), deadline);
        return patience.pauseAfter(tries, outcome.retryAfter(), jitter.getAsDouble(), left);
    }

    private Try once(TransportRequest request) {
        Instant sentAt = now();
        try {
            TransportAnswer answer = transport.send(request);
            return Try.answered(peer, answer, sentAt, RetryAfter.of(answer, now()));
        } catch (AnswerTooLargeException tooLarge) {
            return Try.broken(Outage.Kind.NOT_AN_ISSUER, "the answer is longer than " + maxAnswerBytes / KB + " KB");
        } catch (InterruptedIOException stopped) {
            return interruptedOrTimedOut();
        } catch (ProxyLoginException refused) {
            return Try.broken(Outage.Kind.PROXY_LOGIN, "the proxy wants a user and password, or other ones");
        } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
            return Try.broken(
                    Outage.Kind.UNREACHABLE, "no connection to " + request.uri().getAuthority());
        } catch (SSLHandshakeException untrusted) {
            return Try.broken(
                    Outage.Kind.UNTRUSTED,
                    "TLS handshake failed with " + request.uri().getAuthority());
        } catch (IOException e) {
            // Only the kind of fault: the JDK puts bytes of the answer into some of its messages.
            return Try.broken(
                    Outage.Kind.NO_ANSWER, "no whole answer (" + e.getClass().getSimpleName() + ")");
        }
    }

    /** A socket timeout is an InterruptedIOException too; the thread's flag tells the two apart. */
    private static Try interruptedOrTimedOut() {
        return Thread.currentThread().isInterrupted()
                ? Try.broken(Outage.Kind.INTERRUPTED, "interrupted while waiting for the answer")
                : Try.broken(Outage.Kind.NO_ANSWER, "no whole answer in time");
    }

    private boolean slept(Duration pause) {
        try {
            sleeper.sleep(pause);
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** The result of one request: an HTTP answer, or the way in which none came. */
final class Try {
    /** Statuses by which the issuer or a gateway before it asks for another try (429, 503) or admits a lost answer. */
    private static final Set<Integer> REPEATABLE = Set.of(429, 502, 503, 504);

    private static final Set<Integer> GATEWAY_LOST_IT = Set.of(502, 504);

    private static final Set<Outage.Kind> SENT_AND_NOT_UNDERSTOOD =
            Set.of(Outage.Kind.NO_ANSWER, Outage.Kind.NOT_AN_ISSUER, Outage.Kind.INTERRUPTED);

    /** A certificate does not get better by trying, nor does a password. */
    private static final Set<Outage.Kind> FINAL =
            Set.of(Outage.Kind.UNTRUSTED, Outage.Kind.PROXY_LOGIN, Outage.Kind.INTERRUPTED);

    private final Optional<TransportAnswer> answer;
    private final Outage.Kind kind;
    private final String sentence;
    private final Instant sentAt;
    private final Optional<Duration> retryAfter;

    private Try(
            Optional<TransportAnswer> answer,
            Outage.Kind kind,
            String sentence,
            Instant sentAt,
            Optional<Duration> retryAfter) {
        this.answer = answer;
        this.kind = kind;
        this.sentence = sentence;
        this.sentAt = sentAt;
        this.retryAfter = retryAfter;
    }

    static Try answered(String peer, TransportAnswer answer, Instant sentAt, Optional<Duration> retryAfter) {
        Outage.Kind kind = GATEWAY_LOST_IT.contains(answer.status()) ? Outage.Kind.NO_ANSWER : Outage.Kind.BUSY;
        return new Try(Optional.of(answer), kind, peer + " answered " + answer.status(), sentAt, retryAfter);
    }

    static Try broken(Outage.Kind kind, String sentence) {
        return new Try(Optional.empty(), kind, sentence, Instant.EPOCH, Optional.empty());
    }

    boolean isWorthRepeating() {
        return answer.map(got -> REPEATABLE.contains(got.status()))
                .orElse(kind == Outage.Kind.UNREACHABLE || kind == Outage.Kind.NO_ANSWER);
    }

    /** For a call without effects: whether another try could go better than this one, which is not as it should be. */
    boolean isNotFinal() {
        return answer.isPresent() || !FINAL.contains(kind);
    }

    Optional<TransportAnswer> answer() {
        return answer;
    }

    boolean mayHaveArrived() {
        return SENT_AND_NOT_UNDERSTOOD.contains(kind);
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }

    Reply toReply(int tries, boolean lostOne) {
        return answer.filter(got -> !REPEATABLE.contains(got.status()))
                .<Reply>map(got -> new Reply.Received(got, sentAt, tries, lostOne))
                .orElseGet(() -> new Reply.None(toOutage(tries, lostOne)));
    }

    private Outage toOutage(int tries, boolean lostOne) {
        Optional<String> requestId =
                answer.flatMap(got -> JsonObject.parse(got.body())).flatMap(Refusal::requestId);
        return new Outage(kind, sentence, retryAfter, requestId, tries, lostOne || mayHaveArrived());
    }
}

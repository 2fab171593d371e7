// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Turns what one request has done into numbers. */
final class RequestMetrics {
    /** The most values that the format takes for one metric in one line. */
    private static final int MOST_VALUES = 100;

    private final RequestCounts counts;
    private final AuditLine decision;
    private final EmbeddedMetrics line;

    RequestMetrics(String issuer, RequestCounts counts, AuditLine decision, long tookNanos, boolean coldStart) {
        this.counts = counts;
        this.decision = decision;
        this.line = new EmbeddedMetrics(issuer, decision.at());
        line.note("request_id", decision.requestId());
        line.put(Metric.REQUESTS, 1);
        line.put(Metric.TIME, decision.event().wire(), milliseconds(tookNanos));
        countIf(Metric.COLD_STARTS, coldStart);
        decided();
        ended();
        times();
        keys();
        alarms();
    }

    String line() {
        return line.text();
    }

    /**
     * A request for a document decides nothing, but it may be the one that checked a policy and found it bad: where
     * keys are fetched often and tokens seldom, it nearly always is.
     */
    static Optional<String> ofNoDecision(String issuer, RequestCounts counts) {
        return counts.refusedPolicy().map(refused -> {
            var line = new EmbeddedMetrics(issuer, refused.at());
            line.note("request_id", refused.requestId());
            line.put(Metric.POLICY_REFUSED, 1);
            return line.text();
        });
    }

    private void decided() {
        countIf(Metric.MINTED, decision.outcome() == Outcome.GRANTED);
        countIf(Metric.INACTIVE, decision.outcome() == Outcome.INACTIVE);
        var part = decision.reason().flatMap(ReasonMetric::of).flatMap(ReasonMetric::part);
        if (part.isPresent()) {
            line.put(Metric.UNAVAILABLE, 1);
            line.put(Metric.UNAVAILABLE_BY_PART, part.get().wire(), number(1));
        } else if (decision.outcome() == Outcome.REFUSED) {
            line.put(Metric.REFUSED, 1);
            line.put(Metric.REFUSED_BY_CODE, code(), number(1));
        }
    }

    /**
     * As on the wire; but whoever names no server of ours is counted apart: anybody can do that, and none is called.
     */
    private String code() {
        return decision.reason()
                .filter(Reason.UNKNOWN_SERVER::equals)
                .map(Reason::wire)
                .or(decision::error)
                .orElse("");
    }

    private void ended() {
        var ended = counts.ends().stream().filter(TokenEnd::counts).toList();
        if (!ended.isEmpty()) {
            line.put(Metric.CLOSED, ended.size());
            // One request closes for one cause.
            line.put(Metric.CLOSED_BY_CAUSE, ended.get(0).cause(), number(ended.size()));
            line.put(Metric.LIFE_USED, seconds(ended, TokenEnd::used));
            line.put(Metric.LIFE_GRANTED, seconds(ended, TokenEnd::granted));
        }
        long late = counts.ends().stream().filter(TokenEnd::late).count();
        if (late > 0) {
            line.put(Metric.OUTLIVED, late);
        }
    }

    private void times() {
        time(Metric.KEYS_TIME, TimedPart.KEYS);
        time(Metric.POLICY_TIME, TimedPart.POLICY);
        time(Metric.LEDGER_TIME, TimedPart.LEDGER);
        time(Metric.SIGNER_TIME, TimedPart.SIGNER);
    }

    private void time(Metric metric, TimedPart part) {
        if (counts.did(part)) {
            line.put(metric, milliseconds(counts.nanos(part)));
        }
    }

    private void keys() {
        if (counts.fetches() > 0) {
            line.put(Metric.KEY_FETCHES, counts.fetches());
            line.put(Metric.KEY_FETCHES_FAILED, counts.failedFetches());
        }
        countIf(Metric.STALE_KEYS, decision.keysStale());
        countIf(Metric.KEY_CHANGED, decision.keyChanged());
    }

    private void alarms() {
        decision.reason()
                .flatMap(ReasonMetric::of)
                .filter(counted -> counted.part().isEmpty())
                .ifPresent(counted -> line.put(counted.metric(), 1));
        countIf(Metric.POLICY_REFUSED, counts.refusedPolicy().isPresent());
    }

    private void countIf(Metric metric, boolean happened) {
        if (happened) {
            line.put(metric, 1);
        }
    }

    private static JsonValue seconds(List<TokenEnd> ends, Function<TokenEnd, Duration> length) {
        var values = ends.stream()
                .limit(MOST_VALUES)
                .map(end -> (JsonValue) JsonNumber.thousandths(length.apply(end).toMillis()))
                .toList();
        return values.size() == 1 ? values.get(0) : new JsonArray(values);
    }

    private static JsonValue milliseconds(long nanos) {
        return JsonNumber.thousandths(nanos / 1_000);
    }

    private static JsonValue number(long value) {
        return JsonNumber.of(value);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Metrics, health and readiness, on a port of their own that callers do not reach. */
final class GuardAdmin {
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final GuardMetrics metrics;
    private final GuardIssuer issuer;
    private final Clock clock;
    private Instant introducedAt = Instant.EPOCH;

    GuardAdmin(GuardMetrics metrics, GuardIssuer issuer, Clock clock) {
        this.metrics = metrics;
        this.issuer = issuer;
        this.clock = clock;
    }

    LocalAnswer answer(LocalRequest request) {
        return switch (request.path()) {
            case "/metrics" ->
                LocalAnswer.text(OK, metrics.text(issuer.isKnown()))
                        .with("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            case "/healthz" -> LocalAnswer.text(OK, "ok\n");
            case "/readyz" ->
                isReady()
                        ? LocalAnswer.text(OK, "ready\n")
                        : LocalAnswer.text(
                                UNAVAILABLE, "not ready: the issuer has not taken the guard's name and secret yet\n");
            default -> LocalAnswer.text(NOT_FOUND, "There are /metrics, /healthz and /readyz.\n");
        };
    }

    /** Asks the issuer again where it was away at the start, but not for each look. */
    private synchronized boolean isReady() {
        if (!issuer.isKnown() && !clock.instant().isBefore(introducedAt.plus(PAUSE))) {
            introducedAt = clock.instant();
            issuer.introduce();
        }
        return issuer.isKnown();
    }
}

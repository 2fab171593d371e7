// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.client.CloseOutcome;
import io.taskbound.client.CredentialAnswer;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.HeldToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.LeaseListener;
import io.taskbound.client.Outage;
import io.taskbound.client.Refusal;
import io.taskbound.client.step.ClosedBy;
import io.taskbound.client.step.StepReceipt;
import io.taskbound.client.step.StepText;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A granted token from its grant to its end: its heartbeat runs, and whoever first says so closes it. */
final class HeldStepToken {
    private final HeldToken held;
    private final IssuerClient issuer;
    private final Clock clock;
    private final Instant grantedAt;
    private Optional<CompletableFuture<Ended>> end = Optional.empty();
    private final Heartbeats heartbeats;

    private HeldStepToken(HeldToken held, IssuerClient issuer, Clock clock, Heartbeats heartbeats) {
        this.heartbeats = heartbeats;
        this.held = held;
        this.issuer = issuer;
        this.clock = clock;
        this.grantedAt = clock.instant();
    }

    /** What is done after each one, on its thread. */
    private static final class Heartbeats {
        private volatile Runnable work = () -> {};
    }

    /** How it ended. */
    record Ended(CloseOutcome outcome, ClosedBy by, Duration lived) {
        String text() {
            return StepText.ended(outcome, by, Optional.of(lived));
        }
    }

    static HeldStepToken of(GrantedToken granted, IssuerClient issuer, StepLog log) {
        var heartbeats = new Heartbeats();
        return new HeldStepToken(
                issuer.hold(granted, listener(granted.handle(), log, heartbeats)),
                issuer,
                log.context().clock(),
                heartbeats);
    }

    private static LeaseListener listener(String handle, StepLog log, Heartbeats heartbeats) {
        return new LeaseListener() {
            @Override
            public void lost(Refusal refusal) {
                log.warn(StepText.lost(handle, refusal));
            }

            @Override
            public void missed(Outage outage) {
                log.warn(StepText.missed(handle, outage));
            }

            @Override
            public void renewed() {
                heartbeats.work.run();
            }
        };
    }

    GrantedToken granted() {
        return held.granted();
    }

    /** What is to be done whenever the lease starts again; it returns at once. */
    void atHeartbeat(Runnable work) {
        heartbeats.work = work;
    }

    /** The credential that it stands for; begins to ask and returns at once. */
    CompletableFuture<CredentialAnswer> credential() {
        return Background.start("credential", held::credential);
    }

    /** The same once more, after a heartbeat. */
    CredentialAnswer refreshedCredential() {
        return held.refreshedCredential();
    }

    /** Begins to close and returns at once; later calls change nothing and return the same. */
    synchronized CompletableFuture<Ended> close(ClosedBy by) {
        if (end.isEmpty()) {
            end = Optional.of(Background.start("close", () -> {
                var outcome = held.end();
                return new Ended(outcome, by, lived());
            }));
        }
        return end.get();
    }

    /** What the issuer knows of it, signed and verified; begins to ask and returns at once. */
    CompletableFuture<StepReceipt> receipt() {
        return Background.start("receipt", () -> StepReceipt.of(held.receipt(), held.handle(), issuer));
    }

    /** For when no more time is left to hear how it went. */
    Ended unheard(ClosedBy by) {
        var outcome = new CloseOutcome.Failed(held.handle(), held.expiresAt(), "no answer before the end");
        return new Ended(outcome, by, lived());
    }

    /** No longer than it could. */
    private Duration lived() {
        var now = clock.instant();
        return Duration.between(grantedAt, now.isBefore(held.expiresAt()) ? now : held.expiresAt());
    }
}

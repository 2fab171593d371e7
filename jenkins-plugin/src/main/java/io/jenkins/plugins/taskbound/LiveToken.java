// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.TaskListener;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.LeaseListener;
import io.taskbound.client.Outage;
import io.taskbound.client.Refusal;
import io.taskbound.client.TokenHold;
import io.taskbound.client.step.StepText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A token that this controller keeps alive by its heartbeat and closes. Thread-safe; nothing here throws. */
final class LiveToken {
    private final StoredToken stored;
    private final TokenHold hold;

    LiveToken(IssuerUrl issuer, StoredToken stored, TaskListener log) {
        this.stored = stored;
        this.hold = TokenHold.of(
                () -> IssuerClients.at(issuer),
                stored.token(),
                stored.handle(),
                stored.expiresAt(),
                new Heartbeat(stored.handle(), log));
    }

    String handle() {
        return stored.handle();
    }

    Optional<Duration> lease() {
        return stored.lease();
    }

    boolean isOver() {
        return hold.isOver();
    }

    Duration lived(Instant now) {
        return Duration.between(stored.grantedAt(), now);
    }

    /** One heartbeat. False where the issuer refused it: the token is dead. */
    boolean beat(Duration lease) {
        return hold.beat(lease);
    }

    /** Asks the issuer where a lease runs: nobody renewed it while the controller was down. */
    boolean isAliveNow() {
        boolean expired = !Instant.now().isBefore(stored.expiresAt());
        return !expired && lease().map(this::beat).orElse(true);
    }

    /**
     * Closes the token, also on an interrupted thread. Once it is known to be dead, a further call sends nothing; until
     * then each call tries again.
     */
    CloseOutcome end() {
        CloseOutcome outcome = hold.end();
        boolean dead = outcome.match(closed -> true, already -> true, failed -> false);
        if (dead) {
            LiveTokens.get().forget(this);
        }
        return outcome;
    }

    /** Says in the log of the build how the heartbeat goes. */
    private record Heartbeat(String handle, TaskListener log) implements LeaseListener {
        @Override
        public void lost(Refusal refusal) {
            log.getLogger().println(StepText.lost(handle, refusal));
        }

        @Override
        public void missed(Outage outage) {
            log.getLogger().println(StepText.missed(handle, outage));
        }
    }
}

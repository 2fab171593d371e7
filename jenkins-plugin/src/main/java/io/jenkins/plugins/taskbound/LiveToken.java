// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.TaskListener;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.LeaseListener;
import io.taskbound.client.Outage;
import io.taskbound.client.ReceiptAnswer;
import io.taskbound.client.Refusal;
import io.taskbound.client.TokenHold;
import io.taskbound.client.step.StepText;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A token that this controller keeps alive by its heartbeat and closes. Thread-safe; nothing here throws. */
final class LiveToken {
    /** How long a block that was away waits for an issuer that does not answer. */
    private static final Duration MAX_DOUBT = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final StoredToken stored;
    private final TokenHold hold;
    private final TaskListener log;
    private final String holder;
    private volatile boolean unanswered;
    /** While only the question is whether it is alive, a no is said by who asks. */
    private volatile boolean silent;

    private volatile @CheckForNull Instant lostAt;

    /** @param holder what the log calls the place where it is held */
    LiveToken(StoredToken stored, TaskListener log, String holder) {
        this.stored = stored;
        this.log = log;
        this.holder = holder;
        this.hold = TokenHold.of(
                () -> IssuerClients.at(stored.key().issuerUrl()),
                stored.token(),
                stored.holder(),
                stored.key().handle(),
                stored.expiresAt(),
                new Heartbeat());
    }

    TokenKey key() {
        return stored.key();
    }

    Optional<Duration> lease() {
        return stored.lease();
    }

    boolean isOver() {
        return hold.isOver();
    }

    /** Until now, or until it was known to be dead. */
    Duration lived(Instant now) {
        Instant end = now.isBefore(stored.expiresAt()) ? now : stored.expiresAt();
        Instant lost = lostAt;
        return Duration.between(stored.grantedAt(), lost != null && lost.isBefore(end) ? lost : end);
    }

    /** One heartbeat. False where the issuer refused it: the token is dead. */
    boolean beat(Duration lease) {
        unanswered = false;
        return hold.beat(lease);
    }

    /**
     * Whether a block that was away may count on it. Waits for an issuer that does not answer: until the lease would be
     * over without a heartbeat, and no longer than a minute.
     */
    boolean isAliveAfterAnAbsence() throws InterruptedException {
        if (!Instant.now().isBefore(stored.expiresAt())) {
            return false;
        }
        return lease().isEmpty() || isRenewed(lease().get());
    }

    private boolean isRenewed(Duration lease) throws InterruptedException {
        Instant late = Instant.now().plus(lease.compareTo(MAX_DOUBT) < 0 ? lease : MAX_DOUBT);
        silent = true;
        while (beat(lease)) {
            if (!unanswered) {
                silent = false;
                return true;
            }
            if (!Instant.now().isBefore(late)) {
                return false;
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return false;
    }

    /**
     * Closes the token, also on an interrupted thread. Once it is known to be dead, a further call sends nothing; until
     * then each call tries again.
     */
    CloseOutcome end() {
        return hold.end();
    }

    /** What the issuer knows of it, signed. */
    ReceiptAnswer receipt() {
        return hold.receipt();
    }

    /** Says in the log of the build how the heartbeat goes. */
    private final class Heartbeat implements LeaseListener {
        @Override
        public void lost(Refusal refusal) {
            lostAt = Instant.now();
            if (!silent) {
                log.getLogger().println(BlockText.lost(holder, stored.key().handle(), refusal));
            }
        }

        @Override
        public void missed(Outage outage) {
            unanswered = true;
            log.getLogger().println(StepText.missed(stored.key().handle(), outage));
        }
    }
}

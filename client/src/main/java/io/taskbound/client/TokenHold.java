// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.dpop.ProofKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A token that a host keeps alive by its own timer and closes, perhaps after a restart. Who has no timer of its own
 * lets {@link IssuerClient#hold} do both. Thread-safe; only an {@link Error} ever leaves {@link #beat} and
 * {@link #end}.
 */
public final class TokenHold {
    private final Supplier<IssuerClient> issuer;
    private final TaskToken token;
    private final HolderVerifier holder;
    private final String handle;
    private final Instant expiresAt;
    private final LeaseListener listener;
    private final Optional<ProofKey> proofKey;
    private final Clock clock;
    private volatile boolean ending;
    private volatile boolean lost;
    private volatile boolean dead;
    private Optional<CloseOutcome> outcome = Optional.empty();

    TokenHold(
            Supplier<IssuerClient> issuer,
            TaskToken token,
            HolderVerifier holder,
            String handle,
            Instant expiresAt,
            LeaseListener listener,
            Optional<ProofKey> proofKey,
            Clock clock) {
        this.issuer = issuer;
        this.token = token;
        this.holder = holder;
        this.handle = handle;
        this.expiresAt = expiresAt;
        this.listener = listener;
        this.proofKey = proofKey;
        this.clock = clock;
    }

    /**
     * Takes charge of a token; sends nothing yet.
     *
     * @param issuer asked again for each beat and each end, so that a host's new proxy settings count
     * @param holder of the request that the token was granted to
     * @param handle the token's {@code jti}
     * @param expiresAt from when on the token counts as dead, whatever the issuer answers
     * @param listener hears of lost and missed beats, on the thread that called {@link #beat}
     */
    public static TokenHold of(
            Supplier<IssuerClient> issuer,
            TaskToken token,
            HolderVerifier holder,
            String handle,
            Instant expiresAt,
            LeaseListener listener) {
        return new TokenHold(issuer, token, holder, handle, expiresAt, listener, Optional.empty(), Settings.clock());
    }

    /** The token's {@code jti}; no secret. */
    public String handle() {
        return handle;
    }

    /** When the token expires by itself. */
    public Instant expiresAt() {
        return expiresAt;
    }

    /** True once {@link #end} was called or a beat was refused: no further beat is sent. */
    public boolean isOver() {
        return ending || lost;
    }

    /**
     * Renews the lease once, trying again for up to half a lease. To be called three times a lease, the pause counted
     * from the end of the last beat.
     *
     * @param lease how long the token lives after a beat
     * @return false when the issuer has refused to renew: the token is lost
     */
    public boolean beat(Duration lease) {
        if (isOver()) {
            return !lost;
        }
        try {
            RenewAnswer answer = issuer.get().renew(token, holder, HeartbeatTimer.patience(lease));
            if (!ending) {
                tell(answer);
            }
        } catch (RuntimeException dropped) {
            // A listener's or a transport's fault must not end the heartbeat: a timer drops a beat that throws.
        }
        return !lost;
    }

    private void tell(RenewAnswer answer) {
        if (answer instanceof RenewAnswer.Refused no) {
            dead = no.refusal().code().equals("invalid_grant");
            lost = true;
            listener.lost(no.refusal());
        }
        if (answer instanceof RenewAnswer.Unavailable none) {
            listener.missed(none.outage());
        }
        if (answer instanceof RenewAnswer.Renewed renewed) {
            proofKey.ifPresent(key -> renewed.nonce().ifPresent(key::heard));
            listener.renewed();
        }
    }

    /** From now on no beat is sent, and the listener hears nothing of one that is under way. */
    void stopBeats() {
        ending = true;
    }

    /**
     * Closes the token, with up to three tries, also on an interrupted thread, whose flag it keeps. Once the token is
     * known to be dead every further call returns the same outcome and sends nothing; until then each one tries again.
     */
    public synchronized CloseOutcome end() {
        stopBeats();
        if (outcome.filter(known -> !(known instanceof CloseOutcome.Failed)).isEmpty()) {
            outcome = Optional.of(uninterrupted());
        }
        return outcome.get();
    }

    /** What the issuer knows of the token, signed; ask after {@link #end}, so that it says how the token ended. */
    public ReceiptAnswer receipt() {
        return issuer.get().receipt(token, holder);
    }

    /** An aborted step is exactly when the token must go, and the abort interrupts this thread. */
    private CloseOutcome uninterrupted() {
        boolean interrupted = Thread.interrupted();
        try {
            return read(issuer.get().close(token));
        } catch (RuntimeException e) {
            return failedOrDead("closing broke off (" + e.getClass().getSimpleName() + ")");
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private CloseOutcome read(CloseAnswer answer) {
        return answer.match(
                closed -> isDead() ? new CloseOutcome.AlreadyDead(handle) : new CloseOutcome.Closed(handle),
                no -> failedOrDead("refused: " + no.refusal().code()),
                none -> failedOrDead(none.outage().sentence()));
    }

    private CloseOutcome failedOrDead(String why) {
        return isDead() ? new CloseOutcome.AlreadyDead(handle) : new CloseOutcome.Failed(handle, expiresAt, why);
    }

    private boolean isDead() {
        return dead || !clock.instant().isBefore(expiresAt);
    }

    @Override
    public String toString() {
        return "TokenHold[" + handle + ", expires " + expiresAt + "]";
    }
}

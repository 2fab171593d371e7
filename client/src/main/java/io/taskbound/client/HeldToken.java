// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A task token in someone's hands. Made by {@link IssuerClient#hold}. While it is held and a lease runs, a daemon thread
 * renews it three times a lease; {@link #end} closes it. Thread-safe.
 */
public final class HeldToken implements AutoCloseable {
    private final IssuerClient client;
    private final GrantedToken granted;
    private final LeaseListener listener;
    private volatile Runnable stopHeartbeat = () -> {};
    private volatile boolean ending;
    private volatile boolean refused;
    private volatile boolean dead;
    private Optional<CloseOutcome> outcome = Optional.empty();

    HeldToken(IssuerClient client, GrantedToken granted, LeaseListener listener) {
        this.client = client;
        this.granted = granted;
        this.listener = listener;
    }

    /** The secret. */
    public TaskToken token() {
        return granted.token();
    }

    /** The token's {@code jti}; no secret. */
    public String handle() {
        return granted.handle();
    }

    public Instant expiresAt() {
        return granted.expiresAt();
    }

    /** What it was granted for. */
    public GrantedToken granted() {
        return granted;
    }

    /** {@link #end} for try-with-resources. Never throws. */
    @Override
    public void close() {
        end();
    }

    /**
     * Stops the heartbeat and closes the token, with up to three tries, also on an interrupted thread, whose flag it keeps.
     * Never throws. Once the token is known to be dead every further call returns the same outcome and sends nothing.
     */
    public synchronized CloseOutcome end() {
        ending = true;
        stopHeartbeat.run();
        if (outcome.filter(known -> !(known instanceof CloseOutcome.Failed)).isEmpty()) {
            outcome = Optional.of(uninterrupted());
        }
        return outcome.get();
    }

    /** An aborted step is exactly when the token must go, and the abort interrupts this thread. */
    private CloseOutcome uninterrupted() {
        boolean interrupted = Thread.interrupted();
        try {
            return read(client.close(granted.token()));
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
                closed -> isDead() ? new CloseOutcome.AlreadyDead(handle()) : new CloseOutcome.Closed(handle()),
                no -> failedOrDead("refused: " + no.refusal().code()),
                none -> failedOrDead(none.outage().sentence()));
    }

    private CloseOutcome failedOrDead(String why) {
        return isDead() ? new CloseOutcome.AlreadyDead(handle()) : new CloseOutcome.Failed(handle(), expiresAt(), why);
    }

    private boolean isDead() {
        return dead || !client.now().isBefore(expiresAt());
    }

    void startHeartbeat(HeartbeatTimer timer) {
        granted.lease().ifPresent(lease -> stopHeartbeat = timer.every(lease.dividedBy(3), () -> beat(lease)));
    }

    private void beat(Duration lease) {
        if (ending || refused) {
            return;
        }
        try {
            heard(client.renew(granted.token(), HeartbeatTimer.patience(lease)));
        } catch (RuntimeException e) {
            // A listener's or a transport's fault must not end the heartbeat: the timer drops a beat that throws.
            return;
        }
    }

    private void heard(RenewAnswer answer) {
        if (ending) {
            return;
        }
        if (answer instanceof RenewAnswer.Refused no) {
            lost(no.refusal());
        }
        if (answer instanceof RenewAnswer.Unavailable none) {
            listener.missed(none.outage());
        }
    }

    private void lost(Refusal refusal) {
        refused = true;
        dead = refusal.code().equals("invalid_grant");
        try {
            listener.lost(refusal);
        } finally {
            // Last: it interrupts this very thread.
            stopHeartbeat.run();
        }
    }

    @Override
    public String toString() {
        return "HeldToken[" + handle() + ", expires " + expiresAt() + "]";
    }
}

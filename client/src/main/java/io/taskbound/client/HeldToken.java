// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.time.Duration;
import java.time.Instant;

/**
 * A task token in someone's hands. Made by {@link IssuerClient#hold}. While it is held and a lease runs, a daemon
 * thread renews it three times a lease; {@link #end} closes it. Thread-safe.
 */
public final class HeldToken implements AutoCloseable {
    private final GrantedToken granted;
    private final TokenHold hold;
    private final IssuerClient issuer;
    private volatile Runnable stopHeartbeat = () -> {};

    HeldToken(GrantedToken granted, TokenHold hold, IssuerClient issuer) {
        this.granted = granted;
        this.hold = hold;
        this.issuer = issuer;
    }

    /** The secret. */
    public TaskToken token() {
        return granted.token();
    }

    /** The token's {@code jti}; no secret. */
    public String handle() {
        return granted.handle();
    }

    /** When the token expires by itself, if nothing ends it before. */
    public Instant expiresAt() {
        return granted.expiresAt();
    }

    /** What it was granted for. */
    public GrantedToken granted() {
        return granted;
    }

    /**
     * The credential that the token stands for: see {@link GrantedToken#credentialKind}. It ends with the token. Where
     * it {@linkplain io.taskbound.client.credential.Credential#refreshed dies between heartbeats}, fetch it again with
     * {@link #refreshedCredential} whenever {@link LeaseListener#renewed} is called, on a thread of your own.
     */
    public CredentialAnswer credential() {
        return issuer.credential(granted);
    }

    /** Fetches it once more, with no more patience than a heartbeat has. */
    public CredentialAnswer refreshedCredential() {
        return granted.lease()
                .map(lease -> issuer.refreshedCredential(granted, HeartbeatTimer.patience(lease)))
                .orElseGet(this::credential);
    }

    /** {@link #end} for try-with-resources. Never throws. */
    @Override
    public void close() {
        end();
    }

    /**
     * Stops the heartbeat and closes the token, with up to three tries, also on an interrupted thread, whose flag it
     * keeps. Never throws. Once the token is known to be dead every further call returns the same outcome and sends
     * nothing; until then each one tries again.
     */
    public CloseOutcome end() {
        hold.stopBeats();
        stopHeartbeat.run();
        return hold.end();
    }

    /** What the issuer knows of the token, signed; ask after {@link #end}, so that it says how the token ended. */
    public ReceiptAnswer receipt() {
        return hold.receipt();
    }

    void startHeartbeat(HeartbeatTimer timer) {
        granted.lease().ifPresent(lease -> stopHeartbeat = timer.every(lease.dividedBy(3), () -> beat(lease)));
    }

    private void beat(Duration lease) {
        if (!hold.isOver() && !hold.beat(lease)) {
            // Last: it interrupts this very thread.
            stopHeartbeat.run();
        }
    }

    @Override
    public String toString() {
        return "HeldToken[" + handle() + ", expires " + expiresAt() + "]";
    }
}

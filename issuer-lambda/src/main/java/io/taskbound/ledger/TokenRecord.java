// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.approval.ApprovalId;
import io.taskbound.identity.Requester;
import io.taskbound.status.StatusEntry;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the ledger knows about one task token. It contains no token and no secret.
 *
 * @param requestHash tells whether a second request is the same as the first
 * @param txn the client's id of this task instance
 * @param holder proves, by the verifier that belongs to it, who asked for the token
 * @param key that the token is bound to: each use needs a proof of it (RFC 9449)
 */
public record TokenRecord(
        Jti jti,
        Requester requester,
        RecordedGrant grant,
        Life life,
        Uses uses,
        String requestHash,
        String txn,
        Optional<HolderChallenge> holder,
        Optional<KeyThumbprint> key) {
    public TokenRecord {
        requireText("requestHash", requestHash);
        requireText("txn", txn);
    }

    /** The same, with the place where its end will be published. */
    public TokenRecord withStatus(StatusEntry entry) {
        return new TokenRecord(jti, requester, grant.withStatus(entry), life, uses, requestHash, txn, holder, key);
    }

    /** The same, as people approved it. */
    public TokenRecord withApproval(ApprovalId id) {
        return new TokenRecord(jti, requester, grant.withApproval(id), life, uses, requestHash, txn, holder, key);
    }

    /** Whether the token is alive at {@code now}, by its own record; whether it is denied, the deny list says. */
    public Liveness livenessAt(Instant now) {
        return livenessAt(now, life);
    }

    private Liveness livenessAt(Instant now, Life life) {
        return life.state() == State.ACTIVE && uses.isSpent() ? Liveness.SPENT : life.livenessAt(now);
    }

    /** Whether it had a lease, and ended although nobody closed it and nobody spent it; nobody held an unsigned one. */
    public boolean missedItsClose() {
        return life.lease().isPresent()
                && !life.unsigned()
                && life.end().map(Closure::cause).filter(Cause::isTheClock).isPresent();
    }

    /** Whether its last use is counted, and nothing written yet of its end. */
    boolean isSpentWithoutEnd() {
        return life.end().isEmpty() && uses.isSpent();
    }

    /** Whether it had lapsed or expired before it was closed at {@code now}: it outlived its step. */
    public boolean diedBeforeItWasClosedAt(Instant now) {
        var before = livenessBeforeItWasClosedAt(now);
        return before == Liveness.LAPSED || before == Liveness.EXPIRED;
    }

    /** How it stood when it was closed at {@code now}. */
    public Liveness livenessBeforeItWasClosedAt(Instant now) {
        return livenessAt(now, life.unended());
    }

    /** Whether its last use was its end; a close may have come after that. */
    public boolean endedByItsLastUse() {
        return life.end().map(Closure::cause).filter(Cause.SPENT::equals).isPresent();
    }

    /** Whether its expiry is the end of its change window, so that its window is what ends it. */
    public boolean expiresWithItsWindow() {
        return grant.window()
                .filter(window -> life.expires().equals(window.end().truncatedTo(ChronoUnit.SECONDS)))
                .isPresent();
    }

    /** Whether it is dead at {@code now}, and the end of its window is what ended it. */
    public boolean endedByItsWindow(Instant now) {
        return life.end().isPresent()
                ? life.end().get().cause() == Cause.WINDOW
                : expiresWithItsWindow() && livenessAt(now) == Liveness.EXPIRED;
    }

    /** The same, closed; if it was closed before, that stays. */
    public TokenRecord closed(Closure closure) {
        return life.state() == State.ACTIVE
                ? new TokenRecord(jti, requester, grant, life.ended(closure), uses, requestHash, txn, holder, key)
                : this;
    }

    private static void requireText(String component, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(component + " must not be empty");
        }
    }
}

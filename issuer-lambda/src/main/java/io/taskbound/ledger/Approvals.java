// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.approval.ApprovalId;
import io.taskbound.approval.Decision;
import io.taskbound.identity.ProofKeys;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What waits for people, and what they decided. Each change is one conditional write. Each method may throw
 * {@link LedgerUnavailable}; the caller then grants nothing and records nothing.
 */
public interface Approvals {
    /** Of one run, at most: people cannot be asked without end. */
    int MOST_OF_RUN = 20;

    /** How often a step may ask; slower is asked of one that comes sooner than after half of it (RFC 8628). */
    Duration INTERVAL = Duration.ofSeconds(5);

    /** What came of asking. */
    sealed interface Asked {
        /** This call wrote it: people are to be told. */
        record Requested(ApprovalRecord there) implements Asked {}

        /** It was there. */
        record There(ApprovalRecord there, boolean tooSoon) implements Asked {}

        /** The run has as many as it may have. */
        record TooMany() implements Asked {}
    }

    /** Requests an approval, or asks how one stands that was requested before. */
    Asked ask(ApprovalRecord wanted, Instant now);

    /** How it stands, without asking for it. */
    Optional<ApprovalRecord> find(ApprovalId id);

    /** The record, and whether its run or job was closed since it was requested. */
    record Found(ApprovalRecord record, boolean runClosed) {}

    Optional<Found> look(ApprovalId id);

    /** So many of those that wait are looked through for one list. */
    int MOST_LOOKED_THROUGH = 2_000;

    /**
     * Those that were requested lately, are not decided and are wanted, newest first; the list may lag behind by
     * moments. Of more than {@value #MOST_LOOKED_THROUGH} that wait, only the newest are looked at.
     *
     * @param most at most so many
     */
    List<Found> pending(Instant now, Predicate<Found> wanted, int most);

    /**
     * Uses up an approver's ID token: false when it was used for a decision before.
     *
     * @param until when it is no longer accepted, at the latest
     */
    boolean useUp(ProofKeys proof, Instant until);

    /**
     * Writes a decision, if nothing was decided since this record was read; the record as it is then. Empty when it
     * was: then it must be looked at again.
     */
    Optional<ApprovalRecord> decide(ApprovalRecord seen, Decision decision);

    /**
     * Takes an approved request for this token, once; the same token again has what it has. What was claimed for a
     * token that was never written is free again {@link Budgets#UNWRITTEN} later.
     */
    boolean claim(ApprovalRecord seen, Jti token, Instant now);

    /** Whether this token still has it; to be asked after the token's record is written. */
    boolean holds(ApprovalId id, Jti token);
}

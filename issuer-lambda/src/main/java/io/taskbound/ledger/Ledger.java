// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.task.TaskName;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/**
 * The only place that knows whether a token is alive. Every read is consistent and every change is one conditional
 * write. Each method may throw {@link LedgerUnavailable}; the caller then grants nothing. Instants are cut to
 * milliseconds.
 */
public interface Ledger {
    /** Clocks of issuer, provider and administrator may differ by this much. */
    Duration MAX_SKEW = Duration.ofMinutes(5);

    /** Writes a new record if its proof was never used: the record and the replay check are one write. */
    Minted mint(TokenRecord token);

    /**
     * What blocks tokens of this run. Read it after {@link #mint}: {@link #closeAll} writes first and also reads
     * afterwards, so that one of the two always sees the other.
     *
     * @param runKey the run part of the jti
     */
    Blocks blocks(String runKey);

    Optional<TokenRecord> find(Jti jti);

    /**
     * The record, what was closed of its run, and the deny list, all of the same moment, for a decision whether the
     * token is alive.
     */
    Lookup lookUp(Jti jti);

    /**
     * The tokens of a task that were issued in this span of time, dead or alive, the newest first and read as it goes.
     * The listing index that leads to them may lag by a moment, so nothing but a sweep may depend on it. The iterator,
     * too, may throw {@link LedgerUnavailable}.
     */
    Iterator<TokenRecord> issued(TaskName task, Instant from, Instant to);

    /**
     * Moves the lease's deadline to {@code now} plus its length, at most to the expiry, which never moves. A dead token
     * stays dead. The deny list and what was closed of the run are not read here.
     *
     * @param holder must equal the record's; a record without one is never renewed
     */
    Renewal renew(Jti jti, HolderChallenge holder, Instant now);

    /**
     * Counts one use, in one conditional write; the last one ends the token in that same write. The same {@code useKey}
     * again with the same object and action is the same use. The deny list and what was closed of the run are not read
     * here. Without a limit the record remembers its first {@value Uses#MAX_REMEMBERED} uses; later ones are counted,
     * but a repeat of them is not recognised.
     *
     * @param seen as {@link #lookUp} found it; the record's authorization_details must still equal these
     * @param object index of the object of authorization_details that permits this, as the caller found it
     * @param useKey names the use: the same for the same server and use_id
     */
    Redemption redeem(TokenRecord seen, int object, String action, String useKey, Instant now);

    /**
     * Closes a token permanently; returns the record as this call left it, or empty if it changed nothing. A token that
     * its last use had ended is closed too, so that a repeat of that use is dead; its first end stays written.
     */
    Optional<TokenRecord> close(Jti jti, Closure closure);

    /**
     * Closes a run, or one job of it: what is there, and whatever a proof from before the closing might still bring.
     * One write does it: once this returns, {@link #lookUp} finds none of them alive. Then it closes the records one by
     * one, as many as it can in a second or so.
     *
     * @param proofIssued {@code iat} of the ID token that closes; proofs up to it are blocked too where the provider's
     *     clock runs ahead of ours
     */
    ClosedAll closeAll(String runKey, Optional<String> job, Closure closure, Instant proofIssued);

    /**
     * Ends a run, or one job of it, on its CI system's word: like {@link #closeAll}, but only what the ending covers.
     * The same ending once more changes nothing that is alive.
     */
    ClosedAll end(RunEnding ending, Closure closure);

    /**
     * The record was written but its signature was not made, so nobody holds the token. Its lease, if any, does not run
     * until {@link #markSigned}.
     */
    void markUnsigned(Jti jti);

    /** The signature was made after all: removes the mark and starts the lease. False when there was nothing to do. */
    boolean markSigned(Jti jti, Instant now);

    DenyList denyList();

    /** How many tokens of a task there may be. */
    Budgets budgets();

    /** Nonces and used proofs of the keys that tokens are bound to. */
    KeyProofs keyProofs();

    /** What waits for people. */
    Approvals approvals();

    /** The foreign credentials of tokens. */
    Credentials credentials();

    /** Where the ends of tokens are published; {@link #close} and every other end mark them there. */
    StatusLists statusLists();
}

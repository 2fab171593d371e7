// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.Budget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps tasks within their budgets, by conditional writes alone: there is no counter that a client who dies could leave
 * wrong. A limit of n is n slots, and a slot belongs to the token that it names for as long as that token lives. Each
 * method may throw {@link LedgerUnavailable}; the caller then grants nothing.
 *
 * <p>A mint claims first, then writes its record, then asks whether the claims are still its own. So a refused budget
 * uses up no proof, and what dies between claim and record holds a slot for {@link #UNWRITTEN} only.
 */
public interface Budgets {
    /** A record that is not there so long after its claim was never written: a mint is over within seconds. */
    Duration UNWRITTEN = Duration.ofSeconds(30);

    /** Claims a slot of each limit for this token, or none of them. The same token again claims what it has. */
    Claims claim(TokenRecord token, Budget budget, Instant now);

    /** The limit that would refuse this token now; claims nothing, so that the next moment may say otherwise. */
    Optional<OverBudget> check(TokenRecord token, Budget budget, Instant now);

    /**
     * The limit whose slot the token no longer has; to be asked after its record is written. Whoever takes a claim for
     * abandoned looks for the record afterwards, so that one of the two always sees the other.
     */
    Optional<OverBudget> lost(Claims claims);
}

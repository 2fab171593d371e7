// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What was said about a whole run or job: everything up to an instant is closed, or it has ended.
 *
 * @param closedBefore the latest closing by our clock; it never moves back
 * @param closedProofs the latest {@code iat} that closed, where the provider's clock ran ahead of ours; it never moves
 *     back
 * @param ended nothing more may be minted, however new its proof
 */
public record RunControl(Optional<Instant> closedBefore, Optional<Instant> closedProofs, boolean ended) {
    public static final RunControl OPEN = new RunControl(Optional.empty(), Optional.empty(), false);

    /**
     * Whether a token of this run or job is blocked. Either time suffices: a proof from before the closing gives
     * nothing after it, and neither does a record from before it.
     *
     * @param proofIssued {@code iat} of the ID token
     * @param recordIssued when the record was made
     */
    public boolean blocks(Instant proofIssued, Instant recordIssued) {
        return ended
                || closedBefore
                        .filter(at -> coversProof(at, proofIssued) || !recordIssued.isAfter(at))
                        .isPresent()
                || closedProofs.filter(at -> coversProof(at, proofIssued)).isPresent();
    }

    /** A proof knows its time to the second only, so one from the second of the closing counts as older. */
    private static boolean coversProof(Instant closing, Instant proofIssued) {
        return !proofIssued.truncatedTo(ChronoUnit.SECONDS).isAfter(closing.truncatedTo(ChronoUnit.SECONDS));
    }
}

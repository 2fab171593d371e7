// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What one speaker said about a whole run or job: everything up to an instant is closed, or it has ended.
 *
 * @param closedFirst when it was said for the first time that something is closed; it never moves
 * @param closedBefore the latest instant up to which everything is closed; it never moves back
 * @param closedProofs the latest {@code iat} that closed, where the provider's clock ran ahead of ours; it never moves
 *     back
 * @param ended when it was said that nothing more may be minted, however new its proof; it never moves
 */
public record RunControl(
        Optional<Instant> closedFirst,
        Optional<Instant> closedBefore,
        Optional<Instant> closedProofs,
        Optional<Instant> ended) {
    public static final RunControl OPEN =
            new RunControl(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Closed for the first time, up to that instant. */
    static RunControl closedAt(Instant at) {
        return new RunControl(Optional.of(at), Optional.of(at), Optional.empty(), Optional.empty());
    }

    static RunControl endedAt(Instant at) {
        return new RunControl(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(at));
    }

    /**
     * Whether a token of this run or job is blocked. Either time suffices: a proof from before the closing gives
     * nothing after it, and neither does a record from before it.
     *
     * @param proofIssued {@code iat} of the ID token
     * @param recordIssued when the record was made
     */
    public boolean blocks(Instant proofIssued, Instant recordIssued) {
        return ended.isPresent() || isClosedFor(proofIssued, recordIssued);
    }

    private boolean isClosedFor(Instant proofIssued, Instant recordIssued) {
        return closedBefore.filter(at -> covers(at, proofIssued, recordIssued)).isPresent()
                || closedProofs.filter(at -> coversProof(at, proofIssued)).isPresent();
    }

    /**
     * When it was said what blocks this token, for the first time; empty if nothing does. Only the first and the last
     * closing are known: a token from between two closings has the time of the last one.
     */
    Optional<Instant> blockedSince(Instant proofIssued, Instant recordIssued) {
        var closed = isClosedFor(proofIssued, recordIssued)
                ? closedFirst
                        .filter(at -> covers(at, proofIssued, recordIssued))
                        .or(() -> closedBefore)
                        .or(() -> closedProofs)
                : Optional.<Instant>empty();
        return closed.filter(at -> ended.filter(at::isAfter).isEmpty()).or(() -> ended);
    }

    private static boolean covers(Instant closing, Instant proofIssued, Instant recordIssued) {
        return coversProof(closing, proofIssued) || !recordIssued.isAfter(closing);
    }

    /** A proof knows its time to the second only, so one from the second of the closing counts as older. */
    private static boolean coversProof(Instant closing, Instant proofIssued) {
        return !proofIssued.truncatedTo(ChronoUnit.SECONDS).isAfter(closing.truncatedTo(ChronoUnit.SECONDS));
    }
}

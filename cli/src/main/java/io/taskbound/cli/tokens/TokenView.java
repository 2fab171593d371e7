// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.TokenRecord;
import java.time.Instant;
import java.util.List;

/**
 * A token as it stands at one instant.
 *
 * @param denials the entries of the deny list that are about it and in force
 */
record TokenView(TokenRecord token, TokenState state, List<DenyListLine.Written> denials) {
    TokenView {
        denials = List.copyOf(denials);
    }

    static TokenView of(TokenRecord token, List<DenyListLine.Written> list, Instant now) {
        var denials = list.stream()
                .filter(denial -> denial.entry().denies(token, now))
                .toList();
        return new TokenView(token, TokenState.of(token, denials, now), denials);
    }

    /**
     * Whether its client never closed it and nobody used it up, though it has a lease: the missing close of the audit
     * log. By its record's end or, where the sweeper has not come to it yet, by the clock.
     */
    boolean missedItsClose() {
        return token.missedItsClose() || isYetToBeSwept();
    }

    /** As the sweeper will see it: a denial counts if it came before the token died. */
    private boolean isYetToBeSwept() {
        var life = token.life();
        return life.end().isEmpty()
                && (state == TokenState.LAPSED || state == TokenState.EXPIRED)
                && life.lease().isPresent()
                && !life.unsigned()
                && denials.stream().noneMatch(denial -> denial.entry().at().isBefore(life.deadline()));
    }

    /** When it ended by its own record, or will. */
    Instant end() {
        var deadline = token.life()
                .leaseDeadline()
                .filter(token.life().expires()::isAfter)
                .orElse(token.life().expires());
        return token.life().end().map(end -> end.at()).orElse(deadline);
    }
}

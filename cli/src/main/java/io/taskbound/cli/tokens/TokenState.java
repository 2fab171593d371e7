// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.TokenRecord;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a token is to the issuer at one instant: what its record says, and then what the deny list says. */
enum TokenState {
    ALIVE("alive"),
    /** Its record would let it live; an entry of the deny list does not. */
    DENIED("denied"),
    CLOSED("closed"),
    REVOKED("revoked"),
    SPENT("spent"),
    LAPSED("lapsed"),
    EXPIRED("expired");

    private final String word;

    TokenState(String word) {
        this.word = word;
    }

    static TokenState of(TokenRecord token, List<DenyListLine.Written> denials, Instant now) {
        var liveness = token.livenessAt(now);
        // A spent token still answers the repetition of a use, unless it is denied.
        boolean matters = liveness == Liveness.ALIVE || liveness == Liveness.SPENT;
        if (matters && denials.stream().anyMatch(denial -> denial.entry().denies(token, now))) {
            return DENIED;
        }
        return switch (liveness) {
            case ALIVE -> ALIVE;
            case CLOSED -> CLOSED;
            case REVOKED -> REVOKED;
            case SPENT -> SPENT;
            case LAPSED -> LAPSED;
            // As the sweeper will write it.
            case EXPIRED -> token.expiresWithItsWindow() ? CLOSED : EXPIRED;
        };
    }

    static TokenState typed(String text) throws Complaint {
        for (var state : values()) {
            if (state.word().equals(text.toLowerCase(Locale.ROOT))) {
                return state;
            }
        }
        throw Complaint.usage(
                "--state is not a token's state: " + Printable.typed(text) + ".",
                "Choose from: " + Arrays.stream(values()).map(TokenState::word).collect(Collectors.joining(", "))
                        + ".");
    }

    String word() {
        return word;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One use of a token.
 *
 * @param at when, cut to milliseconds
 * @param object index of the object of authorization_details that was used, from 0
 * @param action what was done
 */
public record RecordedUse(Instant at, int object, String action) {
    public RecordedUse {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        if (object < 0) {
            throw new IllegalArgumentException("object must not be negative");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CLOSED_CAUSE;
import static io.taskbound.ledger.Attributes.EXPIRES;
import static io.taskbound.ledger.Attributes.LEASE_DEADLINE;
import static io.taskbound.ledger.Attributes.STATE;
import static io.taskbound.ledger.Attributes.STATUS_LIST;
import static io.taskbound.ledger.Attributes.USES_LEFT;

import io.taskbound.task.TaskRequest;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the table itself checks of a token before it changes it. The table's TTL has no part in it: rows that ended long
 * ago may still be there.
 */
final class Conditions {
    static final String ACTIVE = STATE + " = :active";
    /** Nobody has written an end yet, not even that of the last use, which leaves the state active. */
    static final String NOT_ENDED = ACTIVE + " AND attribute_not_exists(" + CLOSED_CAUSE + ")";
    /** Its end is published nowhere else, so that the record may say it at once. */
    static final String UNLISTED = "attribute_not_exists(" + STATUS_LIST + ")";
    /** Strictly: at the expiry and at the lease's deadline themselves the token is dead. */
    static final String IN_TIME =
            EXPIRES + " > :now AND (attribute_not_exists(" + LEASE_DEADLINE + ") OR " + LEASE_DEADLINE + " > :now)";
    /** Some object has a use left. An object that the token does not have compares as false. */
    static final String UNSPENT = IntStream.range(0, TaskRequest.MAX_PERMISSIONS)
            .mapToObj(object -> USES_LEFT + "[" + object + "] > :zero")
            .collect(Collectors.joining(" OR ", "(", ")"));

    private Conditions() {}
}

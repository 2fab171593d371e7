// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** How a verb ended for its caller. */
enum Answer {
    /** None: the process died. */
    DIED,
    GRANTED,
    REPEATED,
    REFUSED,
    AWAY,
    ACTIVE,
    INACTIVE,
    FIRST_USE,
    REPEATED_USE,
    RENEWED,
    CLOSED,
    DONE
}

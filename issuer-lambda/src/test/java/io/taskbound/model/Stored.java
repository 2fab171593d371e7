// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** The state that a record keeps. */
enum Stored {
    ACTIVE,
    CLOSED,
    REVOKED,
    LAPSED,
    EXPIRED;

    static Stored of(End cause) {
        return switch (cause) {
            case DENIED -> REVOKED;
            case SPENT -> ACTIVE;
            case LAPSED -> LAPSED;
            case EXPIRED -> EXPIRED;
            default -> CLOSED;
        };
    }
}

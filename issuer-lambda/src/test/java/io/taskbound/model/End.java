// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** Causes of an end, as the record keeps them. */
enum End {
    HOLDER,
    RUN,
    JOB,
    HOOK,
    RUN_CLOSED,
    DENIED,
    SPENT,
    LAPSED,
    EXPIRED;

    static End of(int code) {
        return values()[code];
    }
}

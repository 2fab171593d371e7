// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.sts;

/** What STS refuses, with the status and code that AWS documents for it. */
final class StsFault extends Exception {
    private static final long serialVersionUID = 1L;
    private final int status;
    private final String code;

    StsFault(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    static StsFault validation(String message) {
        return new StsFault(400, "ValidationError", message);
    }

    static StsFault denied(String principal, String action, String role) {
        return new StsFault(
                403,
                "AccessDenied",
                "User: " + principal + " is not authorized to perform: " + action + " on resource: " + role);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }
}

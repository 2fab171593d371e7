// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.people;

/** What is refused, in the words of OAuth (RFC 6749 sections 4.1.2.1 and 5.2). */
final class OauthFault extends Exception {
    private static final long serialVersionUID = 1L;
    private final String error;

    OauthFault(String error, String description) {
        super(description);
        this.error = error;
    }

    String error() {
        return error;
    }

    String description() {
        return String.valueOf(getMessage());
    }

    static void require(boolean holds, String error, String description) throws OauthFault {
        if (!holds) {
            throw new OauthFault(error, description);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;

/** The one place where a text becomes an {@link IdToken}; what is said about a bad one never repeats it. */
final class IdTokenText {
    private IdTokenText() {}

    static IdToken checked(String text, String source) throws Complaint {
        try {
            return IdToken.of(text);
        } catch (IllegalArgumentException e) {
            throw Complaint.refused(
                    source + " does not hold an ID token: " + e.getMessage() + ".",
                    "It should hold the JWT that the CI system signed, and nothing else.");
        }
    }
}

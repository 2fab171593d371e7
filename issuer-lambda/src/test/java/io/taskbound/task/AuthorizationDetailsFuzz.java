// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import io.taskbound.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeSet;

/**
 * Fuzz target: {@code authorization_details} as a form brings it; what is read is granted in a form that reads the
 * same.
 */
public final class AuthorizationDetailsFuzz {
    private AuthorizationDetailsFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        var parsed = AuthorizationDetails.parse(new String(input, StandardCharsets.UTF_8));
        if (parsed instanceof AuthorizationDetails.Read read) {
            sameAgain(read);
        }
    }

    private static void sameAgain(AuthorizationDetails.Read read) {
        var granted = read.permissions().stream()
                .map(asked -> new Permission(
                        asked.actions().isEmpty() ? new TreeSet<>(List.of("sign")) : asked.actions(),
                        asked.location().orElse("https://signer.acme.example"),
                        asked.identifier()))
                .toList();
        var text = JsonText.canonical(AuthorizationDetails.of(read.task(), granted));
        var again = AuthorizationDetails.parse(text);
        // One object may name an action that another leaves to the task: then the two are one, and refused.
        boolean oneTwice = again instanceof AuthorizationDetails.Unreadable unreadable
                && unreadable.what().endsWith("the same action and identifier twice");
        if (!oneTwice && !(again instanceof AuthorizationDetails.Read)) {
            throw new AssertionError("what was granted is not read: " + again);
        }
    }
}

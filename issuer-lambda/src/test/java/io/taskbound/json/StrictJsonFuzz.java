// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

import java.nio.charset.StandardCharsets;

/**
 * Fuzz target: whatever the octets, a value or {@link MalformedJson}; and what was read, written and read is the same.
 */
public final class StrictJsonFuzz {
    private StrictJsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            sameAgain(StrictJson.parse(input));
        } catch (MalformedJson refused) {
            // An answer like any other.
            return;
        }
    }

    private static void sameAgain(JsonValue value) {
        var canonical = JsonText.canonical(value);
        try {
            var again = StrictJson.parse(canonical.getBytes(StandardCharsets.UTF_8));
            if (!JsonText.canonical(again).equals(canonical)) {
                throw new AssertionError("another value the second time");
            }
        } catch (MalformedJson unreadable) {
            throw new AssertionError("what we wrote we do not read", unreadable);
        }
    }
}

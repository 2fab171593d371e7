// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;

/** Fuzz target: a policy document. It loads or its faults are named; and its canonical form says the same. */
public final class PolicyFuzz {
    private PolicyFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        try {
            compile(StrictJson.parseObject(input));
        } catch (MalformedJson refused) {
            return;
        }
    }

    private static void compile(JsonObject document) throws MalformedJson {
        var once = Policy.compile(document, 1);
        var canonical = JsonText.canonical(document).getBytes(StandardCharsets.UTF_8);
        var again = Policy.compile(StrictJson.parseObject(canonical), 1);
        if (once.getClass() != again.getClass()) {
            throw new AssertionError("loads in one form and not in the other");
        }
        if (once instanceof Policy.Ok first
                && again instanceof Policy.Ok second
                && !first.policy().version().equals(second.policy().version())) {
            throw new AssertionError("two hashes of one policy");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.policy.PolicyVersion;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * One published version of the policy, without its text.
 *
 * @param version number and hash, as tokens name them
 * @param previous the number of the version that it replaced; 0 for the first
 * @param parts the number of items that hold the text
 * @param at when it was published
 * @param by who published it, as AWS names them
 * @param message why, in the publisher's words
 * @param signature over {@link #statement}: ES256, 64 bytes in base64url; absent if the version is unsigned
 */
public record PolicyRelease(
        PolicyVersion version,
        long previous,
        int parts,
        Instant at,
        String by,
        Optional<String> message,
        Optional<String> signature) {
    public static final int MAX_PARTS = 16;

    public PolicyRelease {
        if (parts < 1 || parts > MAX_PARTS) {
            throw new IllegalArgumentException("parts must be 1 to " + MAX_PARTS);
        }
        if (previous < 0 || previous >= version.number()) {
            throw new IllegalArgumentException("previous must be below the version's own number");
        }
    }

    public PolicyRelease signed(String signature) {
        return new PolicyRelease(version, previous, parts, at, by, message, Optional.of(signature));
    }

    /**
     * What is signed: canonical JSON of everything that this record says, and the table, so that a statement for one
     * issuer says nothing to another.
     *
     * @param table the table's name, not its ARN
     */
    public byte[] statement(String table) {
        var statement = JsonObject.builder()
                .put("type", "taskbound-policy-v1")
                .put("table", table)
                .put("version", version.number())
                .put("hash", version.hash())
                .put("previous", previous)
                .put("at", at.toString())
                .put("by", by);
        message.ifPresent(words -> statement.put("message", words));
        return JsonText.canonical(statement.build()).getBytes(StandardCharsets.UTF_8);
    }
}

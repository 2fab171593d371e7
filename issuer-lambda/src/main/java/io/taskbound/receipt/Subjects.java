// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import io.taskbound.digest.Sha256;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The targets of a token as subjects of an in-toto Statement, which must each have a digest. That of a target is the
 * one that its identifier ends with, such as {@code @sha256:} and 64 hex digits. Where it carries none, it is the
 * SHA-256 of the identifier's own text, and the annotation {@code digest_of} says so.
 */
final class Subjects {
    private static final Pattern OWN = Pattern.compile(".*@sha256:([0-9a-f]{64})");

    private Subjects() {}

    /** Each target once, in the order of the token. */
    static JsonArray of(List<String> identifiers) {
        return new JsonArray(identifiers.stream()
                .distinct()
                .map(identifier -> (JsonValue) subject(identifier))
                .toList());
    }

    private static JsonObject subject(String identifier) {
        var own = OWN.matcher(identifier);
        return own.matches() ? named(identifier, own.group(1)).build() : withoutItsOwn(identifier);
    }

    private static JsonObject withoutItsOwn(String identifier) {
        return named(identifier, Sha256.hex(identifier))
                .put(
                        "annotations",
                        JsonObject.builder().put("digest_of", "identifier").build())
                .build();
    }

    private static JsonObject.Builder named(String identifier, String sha256) {
        return JsonObject.builder()
                .put("name", identifier)
                .put("digest", JsonObject.builder().put("sha256", sha256).build());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The caller that a table describes so far: a provider's name and claims. One entry may build on another and change it.
 */
record CallerClaims(Optional<String> provider, Map<String, JsonValue> claims) {
    static final CallerClaims NOBODY = new CallerClaims(Optional.empty(), Map.of());

    private static final String SUBJECT = "sub";
    private static final JsonString ANY_SUBJECT = new JsonString("any subject");

    CallerClaims {
        claims = new LinkedHashMap<>(claims);
    }

    /**
     * The same with some claims put in place of those of the same name, and some removed.
     *
     * @param provider in place of this one, where there is one
     */
    CallerClaims with(Optional<String> other, Map<String, JsonValue> more, List<String> without) {
        var all = new LinkedHashMap<>(claims);
        all.putAll(more);
        without.forEach(all::remove);
        return new CallerClaims(other.or(() -> provider), all);
    }

    /** Every ID token has a subject; where a table does not care which, it is one that no rule names. */
    JsonObject whole() {
        var all = new LinkedHashMap<>(claims);
        all.putIfAbsent(SUBJECT, ANY_SUBJECT);
        return new JsonObject(all);
    }
}

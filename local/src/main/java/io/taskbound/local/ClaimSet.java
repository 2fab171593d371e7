// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Claims to be signed by a {@link StandInProvider}. Immutable; {@code with} and {@code without} give changed copies, so
 * that a test names only the claim that it is about.
 */
public final class ClaimSet {
    private final Map<String, Object> claims;

    private ClaimSet(Map<String, Object> claims) {
        this.claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
    }

    public static ClaimSet of(Map<String, Object> claims) {
        return new ClaimSet(claims);
    }

    public ClaimSet with(String name, Object value) {
        var changed = new LinkedHashMap<>(claims);
        changed.put(name, value);
        return new ClaimSet(changed);
    }

    public ClaimSet without(String name) {
        var changed = new LinkedHashMap<>(claims);
        changed.remove(name);
        return new ClaimSet(changed);
    }

    /** The same token for another audience, written as this system writes it: a string or an array of one. */
    public ClaimSet forAudience(String audience) {
        return with("aud", claims.get("aud") instanceof List ? List.of(audience) : audience);
    }

    /** Claims in order: strings, integers, booleans, lists and maps. */
    public Map<String, Object> asMap() {
        return claims;
    }
}

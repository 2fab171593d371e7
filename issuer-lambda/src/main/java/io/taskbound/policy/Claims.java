// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonObject;

/** Finds where a claim's condition is written. */
final class Claims {
    private Claims() {}

    /** The claim's own place, or that of all claims when it is nested or only implied. */
    static Place place(Place claims, String name) {
        return claims.value() instanceof JsonObject object
                ? object.get(name).map(value -> claims.member(name, value)).orElse(claims)
                : claims;
    }
}

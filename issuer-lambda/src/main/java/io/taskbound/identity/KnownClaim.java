// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import java.util.List;

/**
 * What a profile knows of one claim.
 *
 * @param values the only ones that it has; empty where the form is all that is known
 */
public record KnownClaim(ClaimForm form, List<String> values) {
    public KnownClaim {
        values = List.copyOf(values);
    }

    /** Whether the claim can have this value. */
    public boolean fits(JsonValue value) {
        return form.fits(value)
                && (values.isEmpty() || (value instanceof JsonString text && values.contains(text.value())));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Objects;

/**
 * What a rule is kept under: a place in the claims and what must be there. A pattern is kept under its plain beginning
 * or its plain end.
 *
 * @param place as {@link Condition#where()} names it, with the provider before it
 */
record Lookup(String place, Kind kind, String text) {
    enum Kind {
        TEXT,
        BEGINNING,
        END,
        /** A number or a truth value, as JSON. */
        OTHER
    }

    // By hand: the JDK makes such code at its first use, in a cold start.
    @Override
    public boolean equals(Object other) {
        return other instanceof Lookup lookup
                && kind == lookup.kind
                && text.equals(lookup.text)
                && place.equals(lookup.place);
    }

    @Override
    public int hashCode() {
        return (Objects.hashCode(place) * 31 + kind.ordinal()) * 31 + text.hashCode();
    }
}

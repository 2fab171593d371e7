// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * A mapping of which every field is known; unknown ones are faults, because a field that is not read protects nobody.
 */
final class Fields {
    private final Place place;
    private final JsonObject object;
    private final Faults faults;

    private Fields(Place place, JsonObject object, Faults faults) {
        this.place = place;
        this.object = object;
        this.faults = faults;
    }

    static Fields of(Place place, JsonObject object, List<String> known, Faults faults) {
        object.members().forEach((name, value) -> {
            if (!known.contains(name)) {
                faults.shape(
                        FaultCode.UNKNOWN_FIELD,
                        place.member(name, value),
                        "unknown field " + Shown.text(name),
                        Spelling.nearest(name, known)
                                .map(meant -> "did you mean " + meant + "?")
                                .orElse("known here: " + String.join(", ", known)));
            }
        });
        return new Fields(place, object, faults);
    }

    Place place() {
        return place;
    }

    boolean has(String name) {
        return object.has(name);
    }

    Optional<Place> find(String name) {
        return object.get(name).map(value -> place.member(name, value));
    }

    /** The field, or a fault that shows how to write it. */
    Optional<Place> require(String name, String example) {
        if (!object.has(name)) {
            faults.shape(FaultCode.MISSING_FIELD, place, name + " is missing", "write " + name + ": " + example);
        }
        return find(name);
    }
}

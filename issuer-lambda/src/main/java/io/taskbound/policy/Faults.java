// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.List;

/** Collects every fault of one document, so that nobody has to mend them one load at a time. */
final class Faults {
    private final List<Fault> found = new ArrayList<>();
    private final List<Fault> structural = new ArrayList<>();

    /** The document is not of the shape that contract/policy.schema.json describes. */
    void shape(Place place, String message, String remedy) {
        var fault = new Fault(place.pointer(), Severity.ERROR, message, remedy);
        structural.add(fault);
        found.add(fault);
    }

    /** The shape is right, but what it says cannot be meant. */
    void error(Place place, String message, String remedy) {
        found.add(new Fault(place.pointer(), Severity.ERROR, message, remedy));
    }

    void warning(Place place, String message, String remedy) {
        found.add(new Fault(place.pointer(), Severity.WARNING, message, remedy));
    }

    boolean fatal() {
        return found.stream().anyMatch(fault -> fault.severity() == Severity.ERROR);
    }

    List<Fault> all() {
        return List.copyOf(found);
    }

    /** Those faults that a JSON schema can see; read by the test that proves schema and loader equal. */
    List<Fault> structural() {
        return List.copyOf(structural);
    }
}

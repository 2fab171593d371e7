// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects every fault of one document, so that nobody has to mend them one load at a time. */
final class Faults {
    private record Warning(Fault fault, String rule) {}

    private static final class Accepted {
        private final Place place;
        private final Acceptance acceptance;
        private boolean used;

        Accepted(Place place, Acceptance acceptance) {
            this.place = place;
            this.acceptance = acceptance;
        }
    }

    private static final Map<String, String> SECTIONS = Map.of(
            "providers",
            "provider",
            "resource_servers",
            "resource server",
            "callers",
            "caller",
            "tasks",
            "task",
            "fragments",
            "fragment");

    private final List<Warning> found = new ArrayList<>();
    private final List<Fault> structural = new ArrayList<>();
    /** By where they stand and then by code. */
    private final Map<String, Map<FaultCode, Accepted>> accepted = new LinkedHashMap<>();

    private final boolean forAnIssuer;
    private boolean fatal;
    private boolean silent;

    private final boolean forPeople;
    private final Optional<Instant> now;

    Faults() {
        this(false, true, Optional.empty());
    }

    /**
     * @param forAnIssuer whether it is known which issuer the policy is for
     * @param forPeople whether somebody reads the warnings
     * @param now when somebody reads them; absent where that must not matter
     */
    Faults(boolean forAnIssuer, boolean forPeople, Optional<Instant> now) {
        this.forAnIssuer = forAnIssuer;
        this.forPeople = forPeople;
        this.now = now;
    }

    /** Whether it is worth looking for what is only advice: an issuer that starts should not take the time. */
    boolean areForPeople() {
        return forPeople;
    }

    /** At which time the document is judged; empty where what depends on it is not looked for. */
    Optional<Instant> now() {
        return now;
    }

    /** The document is not of the shape that contract/policy.schema.json describes. */
    void shape(FaultCode code, Place place, String message, String remedy) {
        structural.add(new Fault(code, place.pointer(), message, remedy));
        error(code, place, message, remedy);
    }

    /** The shape is right, but what it says cannot be meant. */
    void error(FaultCode code, Place place, String message, String remedy) {
        add(code, Severity.ERROR, place, "", message, remedy);
    }

    void warning(FaultCode code, Place place, String message, String remedy) {
        add(code, Severity.WARNING, place, "", message, remedy);
    }

    /** A warning about a rule, found where a task names it: the rule itself may accept it too. */
    void warning(FaultCode code, Place place, Rule rule, String message, String remedy) {
        add(code, Severity.WARNING, place, rule.pointer(), message, remedy);
    }

    private void add(FaultCode code, Severity severity, Place place, String rule, String message, String remedy) {
        if (code.severity() != severity) {
            throw new IllegalArgumentException(code + " is no " + severity.wire());
        }
        if (severity == Severity.WARNING && (silent || !forPeople)) {
            return;
        }
        fatal |= severity == Severity.ERROR;
        found.add(new Warning(new Fault(code, place.pointer(), message, remedy), rule));
    }

    /** Reads something whose warnings would not help: a bound is wide on purpose. */
    <T> T withoutWarnings(Supplier<T> reading) {
        silent = true;
        try {
            return reading.get();
        } finally {
            silent = false;
        }
    }

    /** Whatever has this code and stands inside the owner is accepted. */
    void accept(FaultCode code, String reason, Place place, Place owner) {
        accepted.computeIfAbsent(owner.pointer(), any -> new HashMap<>())
                .put(code, new Accepted(place, new Acceptance(subject(owner.pointer()), code, reason)));
    }

    private static String subject(String pointer) {
        var parts = pointer.split("/", 4);
        return parts.length < 3 ? "policy" : SECTIONS.getOrDefault(parts[1], parts[1]) + " " + parts[2];
    }

    boolean fatal() {
        return fatal;
    }

    /** All but the warnings that are accepted; and one for each acceptance of something that is not there. */
    List<Fault> all() {
        var left = new ArrayList<Fault>();
        for (var warning : found) {
            var fault = warning.fault();
            boolean settled = fault.severity() == Severity.WARNING
                    && (isAccepted(fault.code(), fault.path()) | isAccepted(fault.code(), warning.rule()));
            if (!settled) {
                left.add(fault);
            }
        }
        // What a faulty document would warn of is not known.
        if (!fatal && forPeople) {
            accepted.values()
                    .forEach(codes -> codes.values().stream()
                            .filter(here -> forAnIssuer || !ofIssuers(here.acceptance.code()))
                            .filter(here -> now.isPresent() || here.acceptance.code() != FaultCode.WINDOW_OVER)
                            .forEach(here -> reportUnused(here, left)));
        }
        return left;
    }

    /** What is only found where it is known which issuer the policy is for. */
    private static boolean ofIssuers(FaultCode code) {
        return code == FaultCode.AUDIENCE_URL || code == FaultCode.PLACEHOLDER_SECRET;
    }

    private static void reportUnused(Accepted here, List<Fault> left) {
        if (!here.used) {
            left.add(new Fault(
                    FaultCode.ACCEPTS_NOTHING,
                    here.place.pointer(),
                    "there is no warning " + here.acceptance.code().wire() + " here to accept",
                    "remove this line"));
        }
    }

    private boolean isAccepted(FaultCode code, String pointer) {
        for (var at = pointer; !at.isEmpty(); at = at.substring(0, at.lastIndexOf('/'))) {
            var here = Optional.ofNullable(accepted.get(at)).map(codes -> codes.get(code));
            if (here.isPresent()) {
                here.get().used = true;
                return true;
            }
        }
        return false;
    }

    /** What the policy accepts, whether or not there is anything to accept. */
    List<Acceptance> acceptances() {
        return accepted.values().stream()
                .flatMap(codes -> codes.values().stream())
                .map(here -> here.acceptance)
                .toList();
    }

    /** Those faults that a JSON schema can see; read by the test that proves schema and loader equal. */
    List<Fault> structural() {
        return List.copyOf(structural);
    }
}

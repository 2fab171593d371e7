// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.Identifier;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** Targets that a task permits: a pattern in which {@code ${x}} stands for a value of the rule or its caller. */
final class IdentifierPattern {
    private static final String SAMPLE_SHA256 = "0".repeat(64);

    private final List<GlobPart> parts;
    private final String written;

    private IdentifierPattern(String written, List<GlobPart> parts) {
        this.written = written;
        this.parts = List.copyOf(parts);
    }

    static IdentifierPattern of(String written) throws BadPattern {
        var pattern = new IdentifierPattern(written, GlobParser.parse(written));
        var fault = Identifier.fault(pattern.sample());
        if (fault.isPresent()) {
            throw new BadPattern("matches no identifier: it " + fault.get(), "write " + Identifier.RULE);
        }
        return pattern;
    }

    /** The shortest text of this form: if that is no identifier, then nothing that the pattern matches is. */
    private String sample() {
        var sample = new StringBuilder();
        for (var part : parts) {
            sample.append(part.literal().orElse(part == GlobPart.Wildcard.SHA256 ? SAMPLE_SHA256 : "x"));
        }
        return sample.toString();
    }

    /** In the order in which they are written. */
    List<GlobPart> parts() {
        return parts;
    }

    /** The plain text that every match begins with, whatever the variables stand for; may be empty. */
    String beginning() {
        return parts.isEmpty() ? "" : parts.get(0).literal().orElse("");
    }

    SortedSet<String> variables() {
        var names = new TreeSet<String>();
        for (var part : parts) {
            if (part instanceof GlobPart.Variable variable) {
                names.add(variable.name());
            }
        }
        return names;
    }

    Glob bind(Map<String, String> values) {
        return Glob.of(parts, values);
    }

    /** Whether it lets in every target, or all but one segment of every target. */
    boolean isEverything() {
        return parts.stream().allMatch(GlobPart.Wildcard.class::isInstance)
                && !parts.contains(GlobPart.Wildcard.SHA256);
    }

    /**
     * Variables whose value may run on: in {@code ${project}*} the project {@code acme/shop} also reaches
     * {@code acme/shop-evil}.
     */
    SortedSet<String> openVariables() {
        var names = new TreeSet<String>();
        for (int i = 0; i + 1 < parts.size(); i++) {
            if (parts.get(i) instanceof GlobPart.Variable variable && runsOn(parts.get(i + 1))) {
                names.add(variable.name());
            }
        }
        return names;
    }

    private static boolean runsOn(GlobPart next) {
        return next.literal()
                .map(text -> Character.isLetterOrDigit(text.charAt(0)) || "._-".indexOf(text.charAt(0)) >= 0)
                .orElse(true);
    }

    @Override
    public String toString() {
        return written;
    }
}

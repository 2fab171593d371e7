// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Lint;
import io.taskbound.json.JsonString;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Claims of one rule that no ID token has together, such as a branch's {@code ref} and {@code ref_type: tag}. */
final class Contradictions {
    private static final String ANYTHING = "_";

    private record Found(String claim, String message, String remedy) {}

    private final Faults faults;

    Contradictions(Faults faults) {
        this.faults = faults;
    }

    /** @param dead claims with values that they never have, of which nothing more is said */
    void check(Rule rule, Set<String> dead, Place claims) {
        for (var condition : rule.conditions()) {
            if (dead.contains(condition.name())
                    || condition.isContains()
                    || condition.path().size() > 1) {
                continue;
            }
            var found = contradiction(rule, condition);
            if (found.filter(what -> !dead.contains(what.claim())).isPresent()) {
                faults.warning(
                        FaultCode.NEVER_MATCHES,
                        Claims.place(claims, condition.name()),
                        found.get().message(),
                        found.get().remedy());
                return;
            }
        }
    }

    /** What each of the condition's values excludes; empty if one of them excludes nothing. */
    private static Optional<Found> contradiction(Rule rule, Condition condition) {
        var spellings = rule.profile().lint().spellings().stream()
                .filter(spelling -> spelling.claim().equals(condition.name()))
                .toList();
        if (spellings.isEmpty() || condition.values().hasOtherThanTexts()) {
            return Optional.empty();
        }
        var found = Optional.<Found>empty();
        for (var text : condition.values().texts()) {
            var here = ofText(rule, condition, text, spellings);
            if (here.isEmpty()) {
                return Optional.empty();
            }
            found = found.or(() -> here);
        }
        for (var glob : condition.values().globs()) {
            var here = ofGlob(rule, condition, glob, spellings);
            if (here.isEmpty()) {
                return Optional.empty();
            }
            found = found.or(() -> here);
        }
        return found;
    }

    private static Optional<Found> ofText(Rule rule, Condition condition, String text, List<Lint.Spelling> spellings) {
        for (var spelling : spellings) {
            var slots = slots(text, spelling.parts());
            if (slots.isPresent()) {
                return excluded(rule, condition, text, spelling, slots.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> ofGlob(Rule rule, Condition condition, Glob glob, List<Lint.Spelling> spellings) {
        for (var spelling : spellings) {
            var beginning = spelling.parts().get(0);
            if (!beginning.isEmpty() && glob.beginning().startsWith(beginning)) {
                return excluded(rule, condition, glob.toString(), spelling, Map.of());
            }
        }
        return Optional.empty();
    }

    /** The claims that are written into the text, or empty if it is not of this form. */
    private static Optional<Map<String, String>> slots(String text, List<String> parts) {
        if (!text.startsWith(parts.get(0))) {
            return Optional.empty();
        }
        var slots = new LinkedHashMap<String, String>();
        int at = parts.get(0).length();
        for (int i = 1; i < parts.size(); i += 2) {
            var literal = parts.get(i + 1);
            // A path may be long, and its last segment is the name.
            boolean lastSlash = literal.equals("/") && i + 4 == parts.size();
            int end = literal.isEmpty()
                    ? text.length()
                    : lastSlash ? text.lastIndexOf(literal) : text.indexOf(literal, at);
            if (end < at) {
                return Optional.empty();
            }
            slots.put(parts.get(i), text.substring(at, end));
            at = end + literal.length();
        }
        return at == text.length() ? Optional.of(slots) : Optional.empty();
    }

    private static Optional<Found> excluded(
            Rule rule, Condition condition, String text, Lint.Spelling spelling, Map<String, String> slots) {
        for (var slot : slots.entrySet()) {
            var other = slot.getKey().equals(ANYTHING) ? Optional.<Condition>empty() : other(rule, slot.getKey());
            if (other.filter(own -> !includes(own, slot.getValue())).isPresent()) {
                return Optional.of(
                        found(condition, text, other.get(), "is " + Shown.text(slot.getValue()), "make the two agree"));
            }
        }
        for (var with : spelling.with().entrySet()) {
            var other = other(rule, with.getKey());
            if (other.filter(own -> with.getValue().stream().noneMatch(value -> includes(own, value)))
                    .isPresent()) {
                var values = Shown.anyOf(with.getValue());
                return Optional.of(
                        found(condition, text, other.get(), "is " + values, "write " + with.getKey() + ": " + values));
            }
        }
        for (var except : spelling.except().entrySet()) {
            var other = other(rule, except.getKey());
            if (other.filter(own -> own.values().areTexts()
                            && except.getValue().containsAll(own.values().texts()))
                    .isPresent()) {
                return Optional.of(found(
                        condition,
                        text,
                        other.get(),
                        "is never " + other.get().values().shown(),
                        "make the two agree, or remove one of them"));
            }
        }
        for (var name : spelling.without()) {
            var other = other(rule, name);
            if (other.isPresent()) {
                return Optional.of(found(condition, text, other.get(), "is absent", "remove one of them"));
            }
        }
        return Optional.empty();
    }

    private static Found found(Condition condition, String text, Condition other, String what, String remedy) {
        return new Found(
                other.name(),
                "never matches: where " + condition.name() + " is " + Shown.text(text) + ", " + other.name() + " "
                        + what,
                remedy);
    }

    private static boolean includes(Condition condition, String value) {
        return condition.values().include(new JsonString(value));
    }

    private static Optional<Condition> other(Rule rule, String path) {
        return rule.conditions().stream()
                .filter(condition -> !condition.isContains()
                        && String.join("|", condition.path()).equals(path))
                .findFirst();
    }
}

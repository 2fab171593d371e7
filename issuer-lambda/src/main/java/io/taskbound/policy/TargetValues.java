// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.task.Identifier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The values of a pattern's variables with which it matches one identifier: what must a run's project be, so that
 * {@code artifact:${project}/**} is this artifact? There may be several answers, because {@code **} takes what
 * {@code ${project}} leaves.
 */
final class TargetValues {
    /** So much is tried for one pattern; with several variables in a row there may be far more ways to try. */
    private static final int MOST_STEPS = 100_000;

    private static final int SHA256_DIGITS = 64;

    private final List<GlobPart> parts;
    private final String text;
    private final BiPredicate<String, String> possible;
    private final Set<Map<String, String>> found = new LinkedHashSet<>();
    private final Set<Tried> tried = new HashSet<>();
    private int steps;

    private record Tried(int part, int at, Map<String, String> values) {}

    private TargetValues(List<GlobPart> parts, String text, BiPredicate<String, String> possible) {
        this.parts = parts;
        this.text = text;
        this.possible = possible;
    }

    /**
     * Every way to fill in the variables that match; a map for each, with no member where the pattern has no variable.
     *
     * @param fixed the variables whose values are known
     * @param possible whether a variable may have that value
     * @return empty when there are too many ways to try them all
     */
    static Optional<Set<Map<String, String>>> of(
            IdentifierPattern pattern,
            Map<String, String> fixed,
            Identifier identifier,
            BiPredicate<String, String> possible) {
        var parts = pattern.parts().stream()
                .map(part ->
                        part.text(fixed).<GlobPart>map(GlobPart.Literal::new).orElse(part))
                .toList();
        var search = new TargetValues(parts, identifier.value(), possible);
        search.from(0, 0, Map.of());
        return search.steps > MOST_STEPS ? Optional.empty() : Optional.of(search.found);
    }

    private void from(int part, int at, Map<String, String> values) {
        if (++steps > MOST_STEPS) {
            return;
        }
        if (part == parts.size()) {
            if (at == text.length()) {
                found.add(values);
            }
            return;
        }
        if (!tried.add(new Tried(part, at, values))) {
            return;
        }
        var own = parts.get(part);
        var literal = own.text(values);
        if (literal.isPresent()) {
            if (text.startsWith(literal.get(), at)) {
                from(part + 1, at + literal.get().length(), values);
            }
            return;
        }
        if (own instanceof GlobPart.Variable variable) {
            bind(variable.name(), part, at, values);
        } else {
            skip((GlobPart.Wildcard) own, part, at, values);
        }
    }

    private void bind(String variable, int part, int at, Map<String, String> values) {
        for (int end = at + 1; end <= text.length() && steps <= MOST_STEPS; end++) {
            var value = text.substring(at, end);
            if (possible.test(variable, value)) {
                var more = new HashMap<>(values);
                more.put(variable, value);
                from(part + 1, end, Map.copyOf(more));
            }
        }
    }

    private void skip(GlobPart.Wildcard wildcard, int part, int at, Map<String, String> values) {
        int most = wildcard == GlobPart.Wildcard.SHA256 ? SHA256_DIGITS : text.length() - at;
        int least = wildcard == GlobPart.Wildcard.SHA256 ? SHA256_DIGITS : 1;
        for (int length = 1; length <= most && at + length <= text.length(); length++) {
            if (!takes(wildcard, text.charAt(at + length - 1))) {
                return;
            }
            if (length >= least) {
                from(part + 1, at + length, values);
            }
        }
    }

    private static boolean takes(GlobPart.Wildcard wildcard, char c) {
        return switch (wildcard) {
            case WITHIN_SEGMENT -> c != '/' && c != ':';
            case ACROSS_SEGMENTS -> true;
            case SHA256 -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        };
    }
}

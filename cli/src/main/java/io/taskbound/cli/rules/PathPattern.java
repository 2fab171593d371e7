// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path with variables, each of them a whole segment; {@code {rest...}} at its end takes one segment or more. It
 * matches a whole path or not at all, character by character: a trailing slash and the case of letters count.
 */
final class PathPattern {
    private final List<PathPart> parts;

    /** @param parts at least one; only the last may take the rest */
    PathPattern(List<PathPart> parts) {
        this.parts = List.copyOf(parts);
    }

    List<PathPart.Variable> variables() {
        return parts.stream()
                .filter(PathPart.Variable.class::isInstance)
                .map(PathPart.Variable.class::cast)
                .toList();
    }

    private boolean takesRest() {
        return parts.get(parts.size() - 1) instanceof PathPart.Variable last && last.rest();
    }

    /** The values of the variables, by name; empty if the path is another one. */
    Optional<Map<String, String>> match(List<String> segments) {
        if (!hasLengthOf(segments)) {
            return Optional.empty();
        }
        for (int i = 0; i < segments.size(); i++) {
            if (!at(i).accepts(segments.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(values(segments));
    }

    private boolean hasLengthOf(List<String> segments) {
        return takesRest() ? segments.size() >= parts.size() : segments.size() == parts.size();
    }

    private Map<String, String> values(List<String> segments) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof PathPart.Variable variable) {
                values.put(
                        variable.name(),
                        variable.rest() ? String.join("/", segments.subList(i, segments.size())) : segments.get(i));
            }
        }
        return values;
    }

    /** The part that a path's segment with this number has to fit. */
    private PathPart at(int segment) {
        return parts.get(Math.min(segment, parts.size() - 1));
    }

    /** Whether there is a path that both match, to a service that does not tell capital from small letters. */
    boolean overlaps(PathPattern other) {
        int length = Math.max(parts.size(), other.parts.size());
        if ((parts.size() < length && !takesRest()) || (other.parts.size() < length && !other.takesRest())) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (!at(i).overlaps(other.at(i))) {
                return false;
            }
        }
        return true;
    }
}

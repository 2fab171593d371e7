// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one claim of a caller must be, for people and for tools.
 *
 * @param path the claim's name, and where it is inside another the names that lead to it
 * @param contains whether the claim is an array that must hold one of the values
 * @param texts any of these texts
 * @param patterns or a text that one of these patterns matches
 * @param others or one of these numbers and truth values
 */
public record Requirement(
        List<String> path, boolean contains, List<String> texts, List<String> patterns, List<JsonValue> others) {
    public Requirement {
        path = List.copyOf(path);
        texts = List.copyOf(texts);
        patterns = List.copyOf(patterns);
        others = List.copyOf(others);
    }

    static Requirement of(Condition condition) {
        var values = condition.values();
        return new Requirement(
                condition.path(),
                condition.isContains(),
                List.copyOf(values.texts()),
                values.globs().stream().map(Glob::toString).toList(),
                List.copyOf(values.others()));
    }

    /** The claim: {@code ref}, or {@code kubernetes.io > namespace}. */
    public String claim() {
        return path.stream().map(Shown::bare).collect(Collectors.joining(" > "));
    }

    /** {@code ref is "refs/heads/main" or matches "refs/heads/release-*"}; all of it, printable ASCII. */
    public String words() {
        var is = new ArrayList<String>();
        texts.forEach(text -> is.add(Shown.whole(text)));
        others.forEach(other -> is.add(Shown.bare(JsonText.of(other))));
        var parts = new ArrayList<String>();
        if (!is.isEmpty()) {
            parts.add((contains ? "holds " : "is ") + String.join(" or ", is));
        }
        if (!patterns.isEmpty()) {
            parts.add((contains ? "holds a text that matches " : "matches ")
                    + patterns.stream().map(Shown::whole).collect(Collectors.joining(" or ")));
        }
        return claim() + " " + String.join(" or ", parts);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What a claim may be by some lists of values, and was not by others. A pattern counts as more unless it was there. */
final class MoreValues {
    private static final int MOST_SHOWN = 100;
    /** With more patterns than that, a text counts as more though one of them may match it. */
    private static final int MOST_PATTERNS = 1_000;

    private final Set<String> texts = new LinkedHashSet<>();
    private final Set<String> patterns = new LinkedHashSet<>();

    MoreValues(List<Values> wanted, List<Values> than) {
        var knownTexts = new HashSet<String>();
        var knownPatterns = new HashSet<String>();
        var knownOthers = new HashSet<Object>();
        var globs = new ArrayList<Values>();
        than.forEach(values -> {
            knownTexts.addAll(values.texts());
            knownOthers.addAll(values.others());
            values.globs().forEach(glob -> {
                if (knownPatterns.add(glob.toString())) {
                    globs.add(values);
                }
            });
        });
        for (var values : wanted) {
            values.texts().stream()
                    .filter(text -> !knownTexts.contains(text))
                    .filter(text -> globs.size() > MOST_PATTERNS
                            || globs.stream().noneMatch(known -> known.include(new JsonString(text))))
                    .forEach(text -> texts.add(Shown.whole(text)));
            values.others().stream()
                    .filter(other -> !knownOthers.contains(other))
                    .forEach(other -> texts.add(Shown.bare(JsonText.of(other))));
            values.globs().stream()
                    .map(Glob::toString)
                    .filter(pattern -> !knownPatterns.contains(pattern))
                    .forEach(pattern -> patterns.add(Shown.whole(pattern)));
        }
    }

    boolean isEmpty() {
        return texts.isEmpty() && patterns.isEmpty();
    }

    /** {@code be "staging" or match "test-*"}: what follows "may". */
    String words(boolean contains) {
        var parts = new ArrayList<String>();
        if (!texts.isEmpty()) {
            parts.add((contains ? "hold " : "be ") + listed(texts));
        }
        if (!patterns.isEmpty()) {
            parts.add((contains ? "hold a text that matches " : "match ") + listed(patterns));
        }
        return String.join(" or ", parts);
    }

    private static String listed(Set<String> all) {
        var first = all.stream().limit(MOST_SHOWN).collect(Collectors.joining(" or "));
        return all.size() > MOST_SHOWN ? first + " or one of " + (all.size() - MOST_SHOWN) + " more" : first;
    }
}

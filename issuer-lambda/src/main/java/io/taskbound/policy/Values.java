// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a claim may be: any of these texts, patterns, numbers and truth values. A value of another JSON type is none of
 * them.
 */
final class Values {
    private final Set<String> texts = new LinkedHashSet<>();
    private final List<Glob> globs = new ArrayList<>();
    private final Set<JsonValue> others = new LinkedHashSet<>();

    static Values ofTexts(Collection<String> texts) {
        var values = new Values();
        values.texts.addAll(texts);
        return values;
    }

    void add(Glob glob) {
        if (glob.isExact()) {
            texts.add(glob.toString());
        } else {
            globs.add(glob);
        }
    }

    /** A text with nothing in it that stands for anything else. */
    void addExact(String text) {
        texts.add(text);
    }

    void add(JsonValue numberOrTruth) {
        others.add(numberOrTruth);
    }

    boolean include(JsonValue actual) {
        return actual instanceof JsonString string
                ? includeText(string.value())
                : !others.isEmpty() && others.contains(actual);
    }

    private boolean includeText(String actual) {
        if (texts.contains(actual)) {
            return true;
        }
        for (var glob : globs) {
            if (glob.matches(actual)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Only plain texts: what identifies somebody must not be a pattern, nor of a type that the provider never sends.
     */
    boolean areTexts() {
        return globs.isEmpty() && others.isEmpty();
    }

    Set<String> texts() {
        return texts;
    }

    List<Glob> globs() {
        return globs;
    }

    /** Numbers and truth values. */
    Set<JsonValue> others() {
        return others;
    }

    boolean hasOtherThanTexts() {
        return !others.isEmpty();
    }

    /**
     * Whether everything that these values include is included by the wider ones too; a plain no where it is not
     * obvious.
     */
    boolean within(Values wider) {
        return texts.stream().allMatch(wider::includeText)
                && wider.others.containsAll(others)
                && globs.stream()
                        .allMatch(glob -> wider.globs.stream()
                                .anyMatch(other -> other.toString().equals(glob.toString())));
    }

    /** All of the values in one text, in an order of their own. */
    String whole() {
        var all = new TreeSet<String>();
        texts.forEach(text -> all.add("=" + JsonText.of(new JsonString(text))));
        globs.forEach(glob -> all.add("~" + JsonText.of(new JsonString(glob.toString()))));
        others.forEach(other -> all.add("#" + JsonText.of(other)));
        return all.toString();
    }

    private static boolean isPlain(String text) {
        return text.indexOf('*') < 0 && text.indexOf('{') < 0;
    }

    String shown() {
        var shown = new ArrayList<String>();
        texts.forEach(text -> shown.add(isPlain(text) ? Shown.text(text) : "exactly " + Shown.text(text)));
        globs.forEach(glob -> shown.add(Shown.text(glob.toString())));
        others.forEach(other -> shown.add(Shown.value(other)));
        return Shown.anyOf(shown);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.roles;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A statement of a trust policy, as IAM reads it: one or many, and actions in any case and with wildcards. */
record Statement(JsonObject written) {
    private static final String TASK = "aws:requesttag/taskbound:task";

    /** In lower case; each is false where there is no such tag. */
    private static final Set<String> NAMING = Set.of(
            "stringequals",
            "stringequalsignorecase",
            "stringlike",
            "foranyvalue:stringequals",
            "foranyvalue:stringequalsignorecase",
            "foranyvalue:stringlike");

    boolean allows() {
        return written.string("Effect").equals(Optional.of("Allow"));
    }

    /** What names everything but something names whatever AWS adds. */
    boolean isOpenEnded() {
        return written.has("NotPrincipal") || written.has("NotAction");
    }

    boolean names(String action) {
        return written.has("NotAction") || texts("Action").anyMatch(pattern -> like(pattern, action));
    }

    /** Each as it is written; of another kind than {@code AWS} with the kind before it. */
    List<String> principals() {
        var principal = written.get("Principal");
        if (principal.isEmpty() || !(principal.get() instanceof JsonObject kinds)) {
            return principal.stream().flatMap(Statement::texts).toList();
        }
        return kinds.members().entrySet().stream()
                .flatMap(kind -> texts(kind.getValue())
                        .map(name -> kind.getKey().equals("AWS") ? name : kind.getKey() + " " + name))
                .toList();
    }

    /** Whether it lets in requests for named tasks alone; a test that holds without the tag, or for any, is none. */
    boolean asksForTheTask() {
        return written.object("Condition").stream()
                .flatMap(condition -> condition.members().entrySet().stream())
                .filter(test -> NAMING.contains(test.getKey().toLowerCase(Locale.ROOT)))
                .filter(test -> test.getValue() instanceof JsonObject)
                .flatMap(test -> ((JsonObject) test.getValue()).members().entrySet().stream())
                .filter(key -> key.getKey().toLowerCase(Locale.ROOT).equals(TASK))
                .anyMatch(key -> texts(key.getValue()).noneMatch(text -> text.matches("[*?]*")));
    }

    private Stream<String> texts(String member) {
        return written.get(member).stream().flatMap(Statement::texts);
    }

    private static Stream<String> texts(JsonValue value) {
        if (value instanceof JsonString text) {
            return Stream.of(text.value());
        }
        // What cannot be read is shown as it is, and so is nobody's.
        return value instanceof JsonArray array
                ? array.items().stream().flatMap(Statement::texts)
                : Stream.of(JsonText.of(value));
    }

    private static boolean like(String pattern, String action) {
        var regex = pattern.chars()
                .mapToObj(c -> switch (c) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(c));
                })
                .collect(Collectors.joining());
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE).matcher(action).matches();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.ClaimForm;
import io.taskbound.identity.KnownClaim;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonValue;
import java.util.HashSet;
import java.util.Set;

/** Values of a JSON type that the provider never sends there: such a rule looks right and never matches. */
final class TypeChecks {
    private final Faults faults;

    TypeChecks(Faults faults) {
        this.faults = faults;
    }

    /** The claims of which an error is reported. */
    Set<String> check(Rule rule, Place claims) {
        var faulty = new HashSet<String>();
        for (var condition : rule.conditions()) {
            rule.profile()
                    .claims()
                    .find(condition.path())
                    .filter(known -> isOfWrongType(condition, known.form()))
                    .ifPresent(known -> {
                        faulty.add(condition.name());
                        report(condition, known, claims);
                    });
        }
        return faulty;
    }

    /** Whether one of the claim's values is of a type that the provider never sends. */
    static boolean isOfWrongType(Rule rule, String claim) {
        return rule.conditions().stream()
                .filter(condition -> condition.name().equals(claim))
                .anyMatch(condition -> rule.profile()
                        .claims()
                        .find(condition.path())
                        .filter(known -> isOfWrongType(condition, known.form()))
                        .isPresent());
    }

    private static boolean isOfWrongType(Condition condition, ClaimForm form) {
        var values = condition.values();
        return switch (form) {
            case ANY -> false;
            case ARRAY -> !condition.isContains();
            case OBJECT -> true;
            case NUMBER ->
                condition.isContains()
                        || hasTexts(values)
                        || !values.others().stream().allMatch(form::fits);
            case BOOLEAN ->
                condition.isContains()
                        || hasTexts(values)
                        || !values.others().stream().allMatch(form::fits);
            default -> condition.isContains() || !values.others().isEmpty();
        };
    }

    private static boolean hasTexts(Values values) {
        return !values.texts().isEmpty() || !values.globs().isEmpty();
    }

    private void report(Condition condition, KnownClaim known, Place claims) {
        faults.error(
                FaultCode.CLAIM_TYPE,
                Claims.place(claims, condition.name()),
                "never matches: the provider sends " + condition.name() + " as " + sent(known.form()),
                remedy(condition, known.form()));
    }

    private static String sent(ClaimForm form) {
        return switch (form) {
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false, not as text";
            case ARRAY -> "a list";
            case OBJECT -> "a mapping";
            default -> "text";
        };
    }

    private static String remedy(Condition condition, ClaimForm form) {
        if (form.isText() && condition.isContains()) {
            return "write the value without contains";
        }
        if (form.isText()) {
            return condition.values().others().stream()
                    .findFirst()
                    .map(TypeChecks::quoted)
                    .orElse("write it in quotes: \"…\"");
        }
        return "write " + form.example();
    }

    private static String quoted(JsonValue value) {
        var text = "write it in quotes: \"" + Shown.value(value) + "\"";
        boolean mayHaveLostAZero =
                value instanceof JsonNumber && Shown.value(value).contains(".");
        return mayHaveLostAZero ? text + ", as it is spelt: without quotes, 1.10 is the number 1.1" : text;
    }
}

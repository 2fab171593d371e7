// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.DocumentFields;
import io.taskbound.json.JsonNumber;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Spelling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Reads {@code expect}: {@code allowed} or {@code refused}, alone or with what else the answer must say:
 * {@code {refused: {misses: ref}}}.
 */
final class ExpectationReader {
    private static final String EXPECT = "expect";
    private static final List<String> ANSWERS = List.of("allowed", "refused");
    private static final String NONE = "none";
    private static final String UNLIMITED = "unlimited";

    private ExpectationReader() {}

    /** Empty, and a fault is added, when no policy could answer that. */
    static Optional<Expected> read(DocumentFields fields) {
        fields.requires(EXPECT, "allowed");
        if (fields.isText(EXPECT)) {
            return fields.text(EXPECT).flatMap(word -> word(fields, word));
        }
        return fields.inner(EXPECT, ANSWERS.toArray(String[]::new)).flatMap(answer -> {
            if (answer.has(ANSWERS.get(0)) == answer.has(ANSWERS.get(1))) {
                fields.fault(
                        FaultCode.BAD_VALUE,
                        EXPECT,
                        "an answer is one of allowed and refused",
                        "write expect: {refused: {misses: ref}}");
                return Optional.empty();
            }
            return answer.has(ANSWERS.get(0)) ? allowed(answer) : refused(answer);
        });
    }

    private static Optional<Expected> word(DocumentFields fields, String word) {
        if (ANSWERS.contains(word)) {
            return Optional.of(new Expected(word.equals(ANSWERS.get(0)), Map.of()));
        }
        fields.fault(
                FaultCode.BAD_VALUE,
                EXPECT,
                "\"" + word + "\" is not an answer that a policy gives",
                Spelling.nearest(word, ANSWERS)
                        .map(meant -> "did you mean " + meant + "?")
                        .orElse("write allowed or refused"));
        return Optional.empty();
    }

    private static Optional<Expected> allowed(DocumentFields answer) {
        return answer.inner(
                        ANSWERS.get(0), Answer.RULE, Answer.LIFETIME, Answer.MAX_USES, Answer.LEASE, Answer.APPROVAL)
                .map(fields -> {
                    var details = new LinkedHashMap<String, String>();
                    fields.text(Answer.RULE).ifPresent(rule -> details.put(Answer.RULE, rule));
                    fields.duration(Answer.LIFETIME)
                            .map(Answer::text)
                            .ifPresent(text -> details.put(Answer.LIFETIME, text));
                    lease(fields).ifPresent(text -> details.put(Answer.LEASE, text));
                    uses(fields).ifPresent(text -> details.put(Answer.MAX_USES, text));
                    approval(fields).ifPresent(text -> details.put(Answer.APPROVAL, text));
                    return new Expected(true, details);
                });
    }

    private static Optional<Expected> refused(DocumentFields answer) {
        return answer.inner(ANSWERS.get(1), Answer.BECAUSE, Answer.MISSES).map(fields -> {
            var details = new LinkedHashMap<String, String>();
            fields.text(Answer.MISSES).ifPresent(claim -> details.put(Answer.MISSES, claim));
            fields.text(Answer.BECAUSE).ifPresent(reason -> {
                if (!Answer.REASONS.contains(reason)) {
                    fields.fault(
                            FaultCode.BAD_VALUE,
                            Answer.BECAUSE,
                            "no request is refused because of \"" + reason + "\"",
                            "write one of " + String.join(", ", Answer.REASONS));
                }
                details.put(Answer.BECAUSE, reason);
            });
            return new Expected(false, details);
        });
    }

    private static Optional<String> lease(DocumentFields fields) {
        return fields.value(Answer.LEASE).isPresent()
                        && fields.isText(Answer.LEASE)
                        && fields.text(Answer.LEASE).filter(NONE::equals).isPresent()
                ? Optional.of(NONE)
                : fields.duration(Answer.LEASE).map(Answer::text);
    }

    private static Optional<String> uses(DocumentFields fields) {
        var value = fields.value(Answer.MAX_USES);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        var number = value.get() instanceof JsonNumber written ? written.wholeNumber() : OptionalLong.empty();
        if (number.isPresent()) {
            return Optional.of(Long.toString(number.getAsLong()));
        }
        if (!fields.isText(Answer.MAX_USES)
                || fields.text(Answer.MAX_USES).filter(UNLIMITED::equals).isEmpty()) {
            fields.fault(
                    FaultCode.BAD_VALUE,
                    Answer.MAX_USES,
                    "max_uses must be a whole number",
                    "write a number, or " + UNLIMITED);
        }
        return Optional.of(UNLIMITED);
    }

    private static Optional<String> approval(DocumentFields fields) {
        if (!fields.has(Answer.APPROVAL)) {
            return Optional.empty();
        }
        if (fields.isText(Answer.APPROVAL)) {
            if (fields.text(Answer.APPROVAL).filter(NONE::equals).isEmpty()) {
                fields.fault(
                        FaultCode.BAD_VALUE,
                        Answer.APPROVAL,
                        "approval must be a list of groups of approvers",
                        "write [release-managers], or " + NONE);
            }
            return Optional.of(NONE);
        }
        return Optional.of(String.join(", ", fields.texts(Answer.APPROVAL)));
    }
}

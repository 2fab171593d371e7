// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.ClaimForm;
import io.taskbound.identity.KnownClaim;
import io.taskbound.json.JsonString;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Rules that no ID token can ever match: misspelt claims, values that a claim never has, claims that exclude others.
 */
final class DeadRules {
    private final Faults faults;

    DeadRules(Faults faults) {
        this.faults = faults;
    }

    /**
     * @param written the conditions that the rule itself has, without those that the profile adds
     * @param faulty claims of which an error is reported
     */
    void check(Rule rule, List<Condition> written, Set<String> faulty, Place claims) {
        var dead = new HashSet<>(faulty);
        for (var condition : written) {
            var known = rule.profile().claims().find(condition.path());
            if (known.isEmpty()) {
                unknown(rule, condition, claims);
            } else if (!faulty.contains(condition.name()) && values(condition, known.get(), claims)) {
                dead.add(condition.name());
            }
        }
        refused(rule, claims);
        new Contradictions(faults).check(rule, dead, claims);
    }

    /** Whether the provider is known to send no such claim: then the rule is dead, whatever else it leaves open. */
    static boolean isUnknown(Rule rule, Condition condition) {
        var known = rule.profile().claims();
        var path = condition.path();
        return known.find(path).isEmpty()
                && !known.mayHaveMore()
                && !known.beside(path).contains(path.get(path.size() - 1));
    }

    private void unknown(Rule rule, Condition condition, Place claims) {
        if (!isUnknown(rule, condition)) {
            return;
        }
        var path = condition.path();
        var meant = Spelling.nearest(
                path.get(path.size() - 1), rule.profile().claims().beside(path));
        faults.warning(
                FaultCode.UNKNOWN_CLAIM,
                Claims.place(claims, condition.name()),
                "never matches: no ID token of " + rule.profile().name() + " is known to have the claim "
                        + condition.name(),
                meant.map(word -> "did you mean " + word + "?")
                        .orElse("write a claim that the provider sends; docs/policy.md names them"));
    }

    /** Whether there is a value that the claim never has. */
    private boolean values(Condition condition, KnownClaim known, Place claims) {
        if (condition.isContains() || !known.form().isText()) {
            return false;
        }
        var never = new ArrayList<String>();
        for (var text : condition.values().texts()) {
            if (!known.fits(new JsonString(text)) && !mayBeEmpty(text, known)) {
                never.add(text);
            }
        }
        for (var glob : condition.values().globs()) {
            if (!mayMatch(glob, known)) {
                never.add(glob.toString());
            }
        }
        if (never.isEmpty()) {
            return false;
        }
        var first = never.get(0);
        faults.warning(
                FaultCode.NEVER_MATCHES,
                Claims.place(claims, condition.name()),
                "never matches: " + condition.name() + " is never "
                        + Shown.anyOf(never.stream().map(Shown::text).toList()),
                remedy(first, known));
        return true;
    }

    /** Providers write what is not there as an empty text, or leave it out. */
    private static boolean mayBeEmpty(String text, KnownClaim known) {
        return text.isEmpty() && known.values().isEmpty();
    }

    private static boolean mayMatch(Glob glob, KnownClaim known) {
        return known.values().isEmpty()
                ? known.form().mayBeginWith(glob.beginning())
                : known.values().stream().anyMatch(glob::matches);
    }

    private static String remedy(String text, KnownClaim known) {
        if (!known.values().isEmpty()) {
            return closest(text, known.values())
                    .map(meant -> "did you mean " + meant + "?")
                    .orElse("write " + Shown.anyOf(known.values()));
        }
        var lower = text.toLowerCase(Locale.ROOT);
        if (!lower.equals(text) && known.fits(new JsonString(lower))) {
            return "write it in lower case: " + lower;
        }
        if (known.form() == ClaimForm.FULL_REF) {
            var name = shortened(text.startsWith("heads/") || text.startsWith("tags/") ? "refs/" + text : text);
            return "write refs/heads/" + name + ", or refs/tags/" + name;
        }
        if (known.form() == ClaimForm.SHORT_REF) {
            return "write " + shortened(text);
        }
        if (known.form() == ClaimForm.JOB_URL && known.fits(new JsonString(text + "/"))) {
            return "write it with its trailing slash: " + text + "/";
        }
        return "write " + known.form().example();
    }

    private static Optional<String> closest(String text, List<String> values) {
        var asWritten = text.replace('-', '_').toLowerCase(Locale.ROOT);
        var near = Spelling.nearest(text, values);
        return near.isPresent()
                ? near
                : values.stream()
                        .filter(value -> value.replace('-', '_').startsWith(asWritten)
                                || asWritten.startsWith(value.replace('-', '_')))
                        .findFirst();
    }

    private static String shortened(String ref) {
        for (var beginning : List.of("refs/heads/", "refs/tags/", "refs/")) {
            if (ref.startsWith(beginning)) {
                return ref.substring(beginning.length());
            }
        }
        return ref;
    }

    /** What the profile refuses whatever a rule says. */
    private void refused(Rule rule, Place claims) {
        rule.profile().refused().forEach((name, value) -> {
            var condition = rule.conditions().stream()
                    .filter(own -> String.join("|", own.path()).equals(name) && !own.isContains())
                    .findFirst();
            boolean onlyThat = condition
                    .filter(own -> own.values().texts().isEmpty()
                            && own.values().globs().isEmpty()
                            && own.values().others().equals(Set.of(value)))
                    .isPresent();
            if (onlyThat) {
                faults.warning(
                        FaultCode.NEVER_MATCHES,
                        Claims.place(claims, name),
                        "never matches: an ID token with this value is refused before any rule is asked",
                        "remove it, or remove the rule");
            }
        });
    }
}

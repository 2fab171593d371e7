// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.DefaultEvents;
import io.taskbound.json.JsonString;
import java.util.List;

/**
 * What a rule must say to identify somebody (threat model R20 to R24). Errors are rules that let in others than their
 * author can mean; warnings are rules that may.
 */
final class RuleChecks {
    private static final List<String> FULL_REFS = List.of("refs/heads/", "refs/tags/", "refs/pull/");

    private final Faults faults;

    RuleChecks(Faults faults) {
        this.faults = faults;
    }

    void check(Rule rule, Place claims) {
        tenant(rule, claims);
        subject(rule, claims);
        ids(rule, claims);
        ref(rule, claims);
        events(rule, claims);
        textTypes(rule, claims);
        new OwnerChecks(faults).check(rule, claims);
    }

    private void tenant(Rule rule, Place claims) {
        if (rule.tenant().isEmpty()) {
            var names = String.join(" or ", rule.profile().tenantClaims());
            faults.error(
                    claims,
                    "does not bind its tenant, so that anyone on this provider could match",
                    "write the exact value, in quotes, of " + names);
        }
    }

    private void subject(Rule rule, Place claims) {
        var patterned =
                rule.on("sub").filter(condition -> !condition.values().globs().isEmpty());
        if (patterned.isPresent() && rule.profile().discreteClaims()) {
            faults.error(
                    Claims.place(claims, "sub"),
                    "a pattern on sub",
                    "write the claims that sub is made of, such as "
                            + rule.profile().tenantClaims().get(0) + " and ref");
        }
    }

    /** A number in the policy never equals the text that the provider sends. */
    private void textTypes(Rule rule, Place claims) {
        for (var condition : rule.conditions()) {
            boolean text = rule.profile().tenantClaims().stream().anyMatch(condition::isOn)
                    || (rule.profile().discreteClaims() && condition.name().endsWith("_protected"));
            if (text && condition.values().hasOtherThanTexts()) {
                faults.error(
                        Claims.place(claims, condition.name()),
                        "never matches: the provider sends " + condition.name() + " as text",
                        "write it in quotes: \"…\"");
            }
        }
    }

    private void ids(Rule rule, Place claims) {
        for (var condition : rule.conditions()) {
            boolean id = condition.name().endsWith("_id")
                    || rule.profile().tenantClaims().stream()
                            .anyMatch(claim -> condition.isOn(claim) && !claim.equals("sub"));
            if (id && !condition.values().globs().isEmpty()) {
                faults.error(
                        Claims.place(claims, condition.name()),
                        "a pattern on an id, which other tenants' ids match too",
                        "write the whole id, or a list of ids");
            }
        }
    }

    /** A tag may be named like a branch: {@code main} by itself does not say which is meant. */
    private void ref(Rule rule, Place claims) {
        var ref = rule.on("ref");
        if (ref.isEmpty()
                || !rule.profile().discreteClaims()
                || rule.on("ref_type").isPresent()) {
            return;
        }
        var place = Claims.place(claims, "ref");
        if (isFull(ref.get().values())) {
            faults.warning(place, "ref without ref_type", "add ref_type: branch or ref_type: tag");
        } else {
            faults.error(
                    place,
                    "ref without ref_type: a tag of that name matches as well as a branch",
                    "add ref_type: branch or ref_type: tag");
        }
    }

    private static boolean isFull(Values values) {
        return values.texts().stream().allMatch(RuleChecks::isFull)
                && values.globs().stream().allMatch(glob -> isFull(glob.toString()));
    }

    private static boolean isFull(String ref) {
        return FULL_REFS.stream().anyMatch(ref::startsWith);
    }

    private void events(Rule rule, Place claims) {
        rule.profile()
                .defaultEvents()
                .ifPresent(events ->
                        rule.on(events.claim()).ifPresent(condition -> checkEvents(events, condition, claims)));
    }

    private void checkEvents(DefaultEvents events, Condition condition, Place claims) {
        var strangers = events.startedByStrangers().stream()
                .filter(event -> condition.values().include(new JsonString(event)))
                .toList();
        if (!strangers.isEmpty()) {
            faults.warning(
                    Claims.place(claims, condition.name()),
                    "lets in " + String.join(" and ", strangers) + ", which strangers can start",
                    "name the events that only your own people can start");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.ClaimForm;
import io.taskbound.identity.DefaultEvents;
import io.taskbound.identity.Profile;
import io.taskbound.json.JsonString;
import java.util.List;

/**
 * What a rule must say to identify somebody (threat model R20 to R24). Errors are rules that let in others than their
 * author can mean; warnings are rules that may.
 */
final class RuleChecks {
    private static final String REF = "ref";
    private static final String SUBJECT = "sub";
    private static final List<String> FULL_REFS = List.of("refs/heads/", "refs/tags/", "refs/pull/");

    private final Faults faults;

    RuleChecks(Faults faults) {
        this.faults = faults;
    }

    /** @param written the conditions that the rule itself has, without those that the profile adds */
    void check(Rule rule, List<Condition> written, Place claims) {
        tenant(rule, claims);
        checkRest(rule, written, claims);
    }

    /**
     * The same of a rule for people who approve. An identity provider for people is its owner's alone, so that a group
     * that it names is enough; a CI system that many share needs its tenant.
     */
    void checkPeople(Rule rule, List<Condition> written, Place claims) {
        if (!isOfPeople(rule.profile())) {
            tenant(rule, claims);
        }
        checkRest(rule, written, claims);
    }

    /** An identity provider that names no run and no tenant but the subject. */
    private static boolean isOfPeople(Profile profile) {
        return !profile.knowsRuns() && profile.tenantClaims().equals(List.of(SUBJECT));
    }

    private void checkRest(Rule rule, List<Condition> written, Place claims) {
        subject(rule, claims);
        ids(rule, claims);
        events(rule, claims);
        var faulty = new TypeChecks(faults).check(rule, claims);
        if (!faulty.contains(REF) && !ref(rule, claims)) {
            faulty.add(REF);
        }
        new OwnerChecks(faults).check(rule, claims);
        if (!faults.areForPeople()) {
            return;
        }
        // Of a rule that admits nobody, that it admits too many is no second fault.
        if (!rule.tenant().isEmpty() && written.stream().noneMatch(condition -> DeadRules.isUnknown(rule, condition))) {
            new ReachChecks(faults).check(rule, written, claims);
        }
        new DeadRules(faults).check(rule, written, faulty, claims);
    }

    private void tenant(Rule rule, Place claims) {
        boolean mistyped =
                rule.profile().tenantClaims().stream().anyMatch(claim -> TypeChecks.isOfWrongType(rule, claim));
        if (rule.tenant().isEmpty() && !mistyped) {
            var names = String.join(" or ", rule.profile().tenantClaims());
            faults.error(
                    FaultCode.NO_TENANT,
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
                    FaultCode.SUB_PATTERN,
                    Claims.place(claims, "sub"),
                    "a pattern on sub",
                    "write the claims that sub is made of, such as "
                            + rule.profile().tenantClaims().get(0) + " and ref");
        }
    }

    private void ids(Rule rule, Place claims) {
        for (var condition : rule.conditions()) {
            boolean id = condition.name().endsWith("_id")
                    || rule.profile().tenantClaims().stream()
                            .anyMatch(claim -> condition.isOn(claim) && !claim.equals("sub"));
            if (id && !condition.values().globs().isEmpty()) {
                faults.error(
                        FaultCode.ID_PATTERN,
                        Claims.place(claims, condition.name()),
                        "a pattern on an id, which other tenants' ids match too",
                        "write the whole id, or a list of ids");
            }
        }
    }

    /**
     * A tag may be named like a branch: {@code main} by itself does not say which is meant.
     *
     * @return false if that is an error
     */
    private boolean ref(Rule rule, Place claims) {
        var ref = rule.on(REF);
        if (ref.isEmpty()
                || !rule.profile().discreteClaims()
                || rule.on("ref_type").isPresent()) {
            return true;
        }
        var place = Claims.place(claims, REF);
        if (isFull(ref.get().values())) {
            faults.warning(FaultCode.REF_TYPE, place, "ref without ref_type", "add ref_type: branch or ref_type: tag");
        } else {
            faults.error(
                    FaultCode.SHORT_REF,
                    place,
                    "ref without ref_type: a tag of that name matches as well as a branch",
                    isSentInFull(rule)
                            ? "write refs/heads/… with ref_type: branch, or refs/tags/… with ref_type: tag"
                            : "add ref_type: branch or ref_type: tag");
        }
        return isFull(ref.get().values());
    }

    private static boolean isSentInFull(Rule rule) {
        return rule.profile()
                .claims()
                .find(List.of(REF))
                .filter(known -> known.form() == ClaimForm.FULL_REF)
                .isPresent();
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
                    FaultCode.STRANGER_EVENT,
                    Claims.place(claims, condition.name()),
                    "lets in " + String.join(" and ", strangers) + ", which strangers can start",
                    "name the events that only your own people can start");
        }
    }
}

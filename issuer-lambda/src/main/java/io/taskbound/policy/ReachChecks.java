// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.identity.Lint;
import io.taskbound.identity.Profile;
import io.taskbound.json.JsonString;
import java.util.List;
import java.util.Locale;

/** Rules that say whose runs they let in, and not which: any project of an owner, any branch of a project. */
final class ReachChecks {
    private static final List<String> ALL_REFS = List.of("refs/heads/", "refs/tags/", "refs/");

    private final Faults faults;

    ReachChecks(Faults faults) {
        this.faults = faults;
    }

    /** @param written the conditions that the rule itself has, without those that the profile adds */
    void check(Rule rule, List<Condition> written, Place claims) {
        var lint = rule.profile().lint();
        reach(rule.profile(), lint, written, claims);
        lookOut(lint, written, claims);
        owners(rule, lint, claims);
        cases(lint, written, claims);
    }

    private void reach(Profile profile, Lint lint, List<Condition> written, Place claims) {
        if (lint.code().isEmpty()) {
            return;
        }
        boolean code = isNarrowedBy(profile, lint.code(), lint, written);
        if (!isNarrowedBy(profile, lint.project(), lint, written)) {
            faults.warning(
                    FaultCode.TENANT_ONLY,
                    claims,
                    "names a tenant and no project: whoever may start a run in any of its projects gets in",
                    lint.addProject());
        } else if (!code && isNarrowedBy(profile, lint.unprotected(), lint, written)) {
            faults.warning(
                    FaultCode.UNPROTECTED_ENVIRONMENT,
                    claims,
                    "names an environment that any branch can name",
                    "add environment_protected: \"true\", or ref with ref_type and ref_protected: \"true\"");
        } else if (!code) {
            faults.warning(
                    FaultCode.ANY_REF,
                    claims,
                    "names a project and not which of its code: whoever may start a run of any branch gets in",
                    lint.addCode());
        } else if (!lint.origin().isEmpty() && !isNarrowedBy(profile, lint.origin(), lint, written)) {
            faults.warning(
                    FaultCode.FORK_BUILDS,
                    claims,
                    "does not say which repository was built: a fork has branches of the same names",
                    "add " + lint.origin().get(0));
        }
    }

    private static boolean isNarrowedBy(Profile profile, List<String> claims, Lint lint, List<Condition> written) {
        return written.stream()
                .filter(condition -> claims.contains(condition.name()))
                .anyMatch(condition -> narrows(profile, lint, condition));
    }

    private static boolean narrows(Profile profile, Lint lint, Condition condition) {
        var values = condition.values();
        var not = lint.notCode().getOrDefault(condition.name(), List.of());
        return values.texts().stream().noneMatch(not::contains)
                && values.globs().stream().noneMatch(glob -> isEverything(profile, condition, glob));
    }

    /** Nothing but wildcards, after what all values have in common. */
    private static boolean isEverything(Profile profile, Condition condition, Glob glob) {
        var text = glob.toString();
        for (var beginning : ALL_REFS) {
            if (text.startsWith(beginning)) {
                text = text.substring(beginning.length());
                break;
            }
        }
        int owner = profile.ownerSegments(condition.name());
        for (int i = 0; i < owner && owner != Profile.ALL_SEGMENTS && text.contains("/"); i++) {
            text = text.substring(text.indexOf('/') + 1);
        }
        return text.chars().allMatch(c -> c == '*' || c == '/');
    }

    private void lookOut(Lint lint, List<Condition> written, Place claims) {
        for (var look : lint.lookOut()) {
            var code = FaultCode.named(look.code()).orElseThrow();
            written.stream()
                    .filter(condition -> condition.isOn(look.claim()) && includes(condition.values(), look))
                    .findFirst()
                    .ifPresent(condition ->
                            faults.warning(code, Claims.place(claims, look.claim()), message(code), remedy(code)));
        }
    }

    private static boolean includes(Values values, Lint.LookOut look) {
        if (values.include(new JsonString(look.example()))) {
            return true;
        }
        try {
            var like = Glob.of(look.like());
            return values.texts().stream().anyMatch(like::matches);
        } catch (BadPattern ourOwnFault) {
            throw new IllegalStateException(look.like(), ourOwnFault);
        }
    }

    private static String message(FaultCode code) {
        return switch (code) {
            case FORK_BUILDS -> "lets in builds of forks, which strangers can start";
            default -> "names the service account of every pod of the namespace that has no other";
        };
    }

    private static String remedy(FaultCode code) {
        return switch (code) {
            case FORK_BUILDS -> "write * for one segment: the branch of a fork is sent as owner:branch";
            default -> "give the pods a service account of their own, and name that";
        };
    }

    private void owners(Rule rule, Lint lint, Place claims) {
        lint.ownerOf().forEach((id, owner) -> {
            if (rule.binds(id) && rule.on(owner).isEmpty()) {
                faults.warning(
                        FaultCode.TRANSFER,
                        Claims.place(claims, id),
                        id + " without " + owner + ": the rule still holds when the project is given to another owner",
                        "add " + owner);
            }
        });
    }

    private void cases(Lint lint, List<Condition> written, Place claims) {
        for (var condition : written) {
            if (lint.ignoresCase().stream().noneMatch(condition::isOn)) {
                continue;
            }
            var texts = condition.values().texts();
            texts.stream()
                    .filter(text -> !lower(text).equals(text) && !texts.contains(lower(text)))
                    .findFirst()
                    .ifPresent(text -> faults.warning(
                            FaultCode.NAME_CASE,
                            Claims.place(claims, condition.name()),
                            "matches one spelling of " + Shown.text(text)
                                    + ", and the provider takes others for the same name",
                            "write each spelling that is in use: [" + text + ", " + lower(text) + "]"));
        }
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

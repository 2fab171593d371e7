// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import java.util.List;
import java.util.Set;

/** What kind of CI system an ID token seems to come from, judged by its claims: which of them to show and to propose. */
enum CallerProfile {
    GITHUB(
            "github",
            "sub repository_id repository_owner_id ref ref_type environment event_name job_workflow_ref",
            "repository_id repository_owner_id ref ref_type environment"),
    GITLAB(
            "gitlab",
            "sub project_id project_path ref ref_type environment pipeline_source",
            "project_id ref ref_type environment"),
    JENKINS("jenkins", "sub build_number", "sub"),
    OTHER("other", "sub", "sub");

    /** Events that the issuer lets in without being named in a rule (design: policy). */
    private static final Set<String> DEFAULT_EVENTS =
            Set.of("push", "workflow_dispatch", "schedule", "release", "merge_group");

    private final String profile;
    private final String shown;
    private final String bound;

    CallerProfile(String profile, String shown, String bound) {
        this.profile = profile;
        this.shown = shown;
        this.bound = bound;
    }

    static CallerProfile of(UnverifiedClaims claims) {
        if (claims.has("repository_id") && claims.has("event_name")) {
            return GITHUB;
        }
        if (claims.has("project_id") && claims.has("project_path")) {
            return GITLAB;
        }
        boolean isJob = claims.raw("sub")
                .filter(sub -> sub.matches("https?://.+/job/.+/"))
                .isPresent();
        return isJob ? JENKINS : OTHER;
    }

    /** The name people give such a provider in a policy. */
    String profile() {
        return profile;
    }

    List<String> shown() {
        return List.of(shown.split(" "));
    }

    List<String> bound() {
        return List.of(bound.split(" "));
    }

    /** True when a rule admits this run only if it names the event, which deserves a second look. */
    boolean mustNameEvent(UnverifiedClaims claims) {
        return this == GITHUB
                && claims.raw("event_name")
                        .filter(event -> !DEFAULT_EVENTS.contains(event))
                        .isPresent();
    }
}

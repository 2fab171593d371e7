// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.List;
import java.util.Set;

/** Actions at a {@code github-app} server: {@code contents:write} and the like. */
final class GithubPermissionChecks {
    private static final Set<String> LEVELS = Set.of("read", "write", "admin");

    /** As the REST API names the permissions of an installation access token. */
    private static final List<String> KNOWN = List.of(
            "actions",
            "actions_variables",
            "administration",
            "artifact_metadata",
            "attestations",
            "checks",
            "codespaces",
            "codespaces_lifecycle_admin",
            "codespaces_metadata",
            "codespaces_secrets",
            "contents",
            "custom_properties_for_organizations",
            "dependabot_secrets",
            "deployments",
            "discussions",
            "environments",
            "issues",
            "members",
            "merge_queues",
            "metadata",
            "organization_actions_variables",
            "organization_administration",
            "organization_announcement_banners",
            "organization_codespaces",
            "organization_codespaces_secrets",
            "organization_codespaces_settings",
            "organization_copilot_seat_management",
            "organization_custom_org_roles",
            "organization_custom_properties",
            "organization_custom_roles",
            "organization_dependabot_secrets",
            "organization_events",
            "organization_hooks",
            "organization_packages",
            "organization_personal_access_token_requests",
            "organization_personal_access_tokens",
            "organization_plan",
            "organization_projects",
            "organization_secrets",
            "organization_self_hosted_runners",
            "organization_user_blocking",
            "packages",
            "pages",
            "pull_requests",
            "repository_advisories",
            "repository_custom_properties",
            "repository_hooks",
            "repository_projects",
            "secret_scanning_alerts",
            "secrets",
            "security_events",
            "single_file",
            "statuses",
            "team_discussions",
            "vulnerability_alerts",
            "workflows");

    /** Whoever may write these gets at more than the repository's contents: settings, secrets, code that runs later. */
    private static final Set<String> STRONG = Set.of(
            "administration",
            "codespaces_secrets",
            "dependabot_secrets",
            "environments",
            "members",
            "repository_hooks",
            "secrets",
            "workflows");

    private static final String OF_ORGANIZATIONS = "organization_";

    private final Faults faults;

    GithubPermissionChecks(Faults faults) {
        this.faults = faults;
    }

    void check(String action, Place place) {
        var parts = action.split(":", -1);
        if (parts.length != 2 || !isName(parts[0]) || !LEVELS.contains(parts[1])) {
            faults.error(
                    FaultCode.GITHUB_PERMISSION,
                    place,
                    "is not a permission of GitHub and its level",
                    "write PERMISSION:read, PERMISSION:write or PERMISSION:admin, such as contents:write");
        } else if (!KNOWN.contains(parts[0])) {
            faults.warning(
                    FaultCode.UNKNOWN_PERMISSION,
                    place,
                    Shown.text(parts[0]) + " is not a permission that is known here",
                    Spelling.nearest(parts[0], KNOWN)
                            .map(meant -> "did you mean " + meant + "?")
                            .orElse("compare it with GitHub's list of permissions of GitHub Apps"));
        } else if (!parts[1].equals("read") && isStrong(parts[0])) {
            faults.warning(
                    FaultCode.STRONG_PERMISSION,
                    place,
                    "lets a step change more than a repository's contents: its settings, its secrets or what runs there",
                    "permit less if the step can do with less");
        }
    }

    private static boolean isName(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || c == '_');
    }

    private static boolean isStrong(String name) {
        return STRONG.contains(name) || name.startsWith(OF_ORGANIZATIONS);
    }
}

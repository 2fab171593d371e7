// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/** Why a profile gives no credentials: one sentence for each way in which a profile can get some. */
record ProfileFault(ProfileFile file, String name, RuntimeException failure) {
    private static final Set<String> FORBIDDEN = Set.of("ForbiddenException", "AccessDenied", "AccessDeniedException");

    Complaint complaint() {
        var first = file.profile(name).orElseThrow();
        var last = last(first);
        if (last.isEmpty()) {
            return Complaint.refused(
                    said(first) + " names a source_profile that is not there, or one that leads back to it.",
                    "Check source_profile in it: `aws configure list-profiles` lists the profiles.");
        }
        if (first.property("mfa_serial").isPresent()) {
            return Complaint.refused(
                    said(first) + " asks for an MFA code, and only the AWS CLI can ask you for it.",
                    "Run `eval \"$(aws configure export-credentials --profile " + shown(first)
                            + " --format env)\"` before this.");
        }
        if (isOutOfReach()) {
            return Complaint.refused(
                    "The credentials of AWS profile " + shown(first) + " cannot be fetched: " + why() + ".",
                    "Check the network and the profile's region, and try again.");
        }
        return complaint(first, last.get());
    }

    /** The one that everything begins with: a profile with a role takes it with another profile's credentials. */
    private Optional<Profile> last(Profile first) {
        var seen = new HashSet<String>();
        var profile = first;
        while (profile.property("source_profile").isPresent()) {
            var source = profile.property("source_profile").get();
            var next = file.profile(source);
            if (source.equals(profile.name())) {
                return Optional.of(profile);
            }
            if (next.isEmpty() || !seen.add(source)) {
                return Optional.empty();
            }
            profile = next.get();
        }
        return Optional.of(profile);
    }

    private Complaint complaint(Profile first, Profile last) {
        boolean isRefusedByRole = first.property("role_arn").isPresent()
                && AwsFault.of(failure).code().filter(FORBIDDEN::contains).isPresent();
        if (isRefusedByRole) {
            return Complaint.refused(
                    "AWS does not give the role of profile " + shown(first) + ": " + why() + ".",
                    "Check role_arn, and that the role trusts you.");
        }
        if (has(last, "sso_session") || has(last, "sso_start_url")) {
            return loggedOut(last, "SSO", "aws sso login");
        }
        if (has(last, "login_session")) {
            return loggedOut(last, "login", "aws login");
        }
        if (has(last, "credential_process")) {
            return Complaint.refused(
                    "The credential_process of profile " + shown(last) + " gave no credentials: " + process() + ".",
                    "Run that command yourself, and mend it.");
        }
        if (has(last, "web_identity_token_file")) {
            return Complaint.refused(
                    said(last) + " gives no credentials for its role: " + why() + ".",
                    "Check that the file of web_identity_token_file holds a fresh token, and that the role trusts its"
                            + " issuer.");
        }
        return Complaint.refused(
                said(last) + " gives no credentials: " + why() + ".",
                "Check it with `aws configure list --profile " + shown(last) + "`, or log in with `aws sso login`.");
    }

    private Complaint loggedOut(Profile last, String kind, String command) {
        var again = "Log in with `" + command + " --profile " + shown(last) + "`.";
        if (AwsFault.of(failure).code().filter(FORBIDDEN::contains).isPresent()) {
            return Complaint.refused(
                    "AWS " + kind + " does not give the role of profile " + shown(last) + ": " + why() + ".",
                    "Check its account and role, or whether you were assigned to them.");
        }
        if (!has(last, "sso_region") && has(last, "sso_start_url")) {
            return Complaint.refused(said(last) + " has no sso_region.", "Run `aws configure sso` again.");
        }
        if (has(last, "sso_session") && session(last).isEmpty()) {
            return Complaint.refused(
                    said(last) + " names an sso-session that is not there.", "Run `aws configure sso` again.");
        }
        return Complaint.refused(
                "The AWS " + kind + " session of profile " + shown(last) + " has expired, or never began.", again);
    }

    private Optional<Profile> session(Profile profile) {
        return profile.property("sso_session").flatMap(session -> file.getSection("sso-session", session));
    }

    private boolean isOutOfReach() {
        return AwsFault.of(failure).isOutOfReach();
    }

    /** What the command said may hold anything, a secret too. */
    private String process() {
        var text = String.valueOf(failure.getMessage());
        if (text.contains("expired")) {
            return "they have expired";
        }
        return text.contains("error code") || text.contains("non-zero") || text.contains("exit")
                ? "it failed"
                : "what it printed is not what the AWS SDK expects, or it did not run";
    }

    private String why() {
        return AwsFault.of(failure).what();
    }

    private static boolean has(Profile profile, String property) {
        return profile.property(property).isPresent();
    }

    private static String said(Profile profile) {
        return "The AWS profile " + shown(profile);
    }

    private static String shown(Profile profile) {
        return Printable.of(profile.name());
    }
}

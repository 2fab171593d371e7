// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.profiles.Profile;
import software.amazon.awssdk.profiles.ProfileFile;

/** The profile of the AWS configuration that a command uses: AWS_PROFILE's, else the one called default. */
final class AwsProfile {
    private static final List<String> WAYS = List.of(
            "aws_access_key_id",
            "aws_secret_access_key",
            "role_arn",
            "source_profile",
            "sso_session",
            "sso_start_url",
            "login_session",
            "credential_process",
            "web_identity_token_file");

    private final ProfileFile file;
    private final Optional<String> named;

    private AwsProfile(ProfileFile file, Optional<String> named) {
        this.file = file;
        this.named = named;
    }

    /** @throws Complaint when there are configuration files that nobody can read */
    static AwsProfile read(CommandContext context) throws Complaint {
        var named = context.variable("AWS_PROFILE").or(() -> context.variable("AWS_DEFAULT_PROFILE"));
        try {
            return new AwsProfile(ProfileFile.defaultProfileFile(), named);
        } catch (RuntimeException unreadable) {
            throw Complaint.refused(
                    "The AWS configuration cannot be read: "
                            + AwsFault.of(unreadable).what() + ".",
                    "Mend " + context.variable("AWS_CONFIG_FILE").orElse("~/.aws/config") + " or "
                            + context.variable("AWS_SHARED_CREDENTIALS_FILE").orElse("~/.aws/credentials")
                            + "; `aws configure list` shows what is wrong.");
        }
    }

    boolean isNamed() {
        return named.isPresent();
    }

    /** Whether it is there and says how to get credentials; many hold a region alone. */
    boolean meansToGiveSome() {
        return file.profile(name()).filter(AwsProfile::meansToGiveSome).isPresent();
    }

    private static boolean meansToGiveSome(Profile profile) {
        return WAYS.stream().anyMatch(way -> profile.property(way).isPresent());
    }

    String name() {
        return named.orElse("default");
    }

    /** Its credentials, known to be there. */
    ProfileCredentialsProvider credentials() throws Complaint {
        if (file.profile(name()).isEmpty()) {
            throw Complaint.refused(
                    "There is no AWS profile " + Printable.of(name()) + ".",
                    "Check AWS_PROFILE: `aws configure list-profiles` lists the profiles.");
        }
        if (!meansToGiveSome()) {
            throw Complaint.refused(
                    "The AWS profile " + Printable.of(name()) + " says nothing of credentials.",
                    "Log in with `aws sso login`, or set AWS_PROFILE to another one.");
        }
        var profile = ProfileCredentialsProvider.builder()
                .profileFile(file)
                .profileName(name())
                .build();
        try {
            profile.resolveCredentials();
            return profile;
        } catch (RuntimeException failure) {
            profile.close();
            throw new ProfileFault(file, name(), failure).complaint();
        }
    }
}

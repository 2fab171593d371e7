// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** The administrator's own AWS credentials, as the SDK finds them; on loopback placeholders where there are none. */
final class Credentials {
    private static final String PLACEHOLDER = "local";

    private Credentials() {}

    static AwsCredentialsProvider find(boolean loopback, CommandContext context) {
        return ofVariables(context)
                .orElseGet(() -> loopback ? ofProfile(context) : DefaultCredentialsProvider.create());
    }

    private static Optional<AwsCredentialsProvider> ofVariables(CommandContext context) {
        var id = context.variable("AWS_ACCESS_KEY_ID");
        var secret = context.variable("AWS_SECRET_ACCESS_KEY");
        if (id.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        var session = context.variable("AWS_SESSION_TOKEN");
        return Optional.of(StaticCredentialsProvider.create(
                session.isPresent()
                        ? AwsSessionCredentials.create(id.get(), secret.get(), session.get())
                        : AwsBasicCredentials.create(id.get(), secret.get())));
    }

    /** Without a look at the machine's metadata service, which takes seconds to say that it is not there. */
    private static AwsCredentialsProvider ofProfile(CommandContext context) {
        var profile = ProfileCredentialsProvider.create();
        try {
            profile.resolveCredentials();
            return profile;
        } catch (SdkClientException none) {
            profile.close();
            context.warn("No AWS credentials found; for an endpoint on this machine, placeholders will do.");
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(PLACEHOLDER, PLACEHOLDER));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * The administrator's own AWS credentials, as the AWS CLI finds them: the variables, the named profile, and only where
 * none is named, whatever the machine has; on loopback placeholders where there are none. They are there once found.
 */
final class Credentials {
    private static final String PLACEHOLDER = "local";
    private static final String ID = "AWS_ACCESS_KEY_ID";
    private static final String SECRET = "AWS_SECRET_ACCESS_KEY";

    private Credentials() {}

    static AwsCredentialsProvider find(boolean loopback, CommandContext context) throws Complaint {
        var typed = ofVariables(context);
        if (typed.isPresent()) {
            return typed.get();
        }
        return loopback ? ofProfileOrNone(context) : ofProfileOrMachine(context);
    }

    private static Optional<AwsCredentialsProvider> ofVariables(CommandContext context) throws Complaint {
        var id = context.variable(ID);
        var secret = context.variable(SECRET);
        if (id.isPresent() != secret.isPresent()) {
            throw Complaint.refused(
                    (id.isPresent() ? ID : SECRET) + " is set, and " + (id.isPresent() ? SECRET : ID) + " is not.",
                    "Set both, or neither and log in with `aws sso login`.");
        }
        if (id.isEmpty() || secret.isEmpty()) {
            return Optional.empty();
        }
        var session = context.variable("AWS_SESSION_TOKEN");
        return Optional.of(StaticCredentialsProvider.create(
                session.isPresent()
                        ? AwsSessionCredentials.create(id.get(), secret.get(), session.get())
                        : AwsBasicCredentials.create(id.get(), secret.get())));
    }

    /** A profile that was named is used or complained of: no other credentials take its place. */
    private static AwsCredentialsProvider ofProfileOrMachine(CommandContext context) throws Complaint {
        var profile = AwsProfile.read(context);
        if (profile.isNamed()) {
            return profile.credentials();
        }
        var any = DefaultCredentialsProvider.builder().build();
        try {
            any.resolveCredentials();
            return any;
        } catch (SdkClientException none) {
            any.close();
            throw fault(profile, context);
        }
    }

    /** What was meant to give some, if anything was. */
    private static Complaint fault(AwsProfile unnamed, CommandContext context) throws Complaint {
        var webIdentity = WebIdentity.fault(context);
        if (webIdentity.isPresent()) {
            return webIdentity.get();
        }
        if (unnamed.meansToGiveSome()) {
            unnamed.credentials().close();
        }
        return Complaint.refused("No AWS credentials found.", "Log in with `aws sso login`, or set AWS_PROFILE.");
    }

    /** Without a look at the machine's metadata service, which takes seconds to say that it is not there. */
    private static AwsCredentialsProvider ofProfileOrNone(CommandContext context) {
        try {
            var profile = AwsProfile.read(context);
            if (profile.isNamed() || profile.meansToGiveSome()) {
                return profile.credentials();
            }
            context.warn("No AWS credentials found; for an endpoint on this machine, placeholders will do.");
        } catch (Complaint unusable) {
            context.warn(unusable.what() + " For an endpoint on this machine, placeholders will do.");
        }
        return StaticCredentialsProvider.create(AwsBasicCredentials.create(PLACEHOLDER, PLACEHOLDER));
    }
}

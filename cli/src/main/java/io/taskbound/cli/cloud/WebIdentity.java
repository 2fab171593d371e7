// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.cloud;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;

/** A role that the environment offers for a token in a file, as in a Kubernetes pod. */
final class WebIdentity {
    private WebIdentity() {}

    /** Why it gives no credentials; empty when the environment offers none. */
    static Optional<Complaint> fault(CommandContext context) {
        var role = context.variable("AWS_ROLE_ARN");
        var file = context.variable("AWS_WEB_IDENTITY_TOKEN_FILE");
        if (role.isEmpty() || file.isEmpty()) {
            return Optional.empty();
        }
        try (var provider = WebIdentityTokenFileCredentialsProvider.create()) {
            provider.resolveCredentials();
            return Optional.empty();
        } catch (SdkException | IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
            return Optional.of(Complaint.refused(
                    "AWS_WEB_IDENTITY_TOKEN_FILE gives no credentials for " + role.get() + ": "
                            + AwsFault.of(e).what() + ".",
                    "Check that the file " + file.get()
                            + " holds a fresh token, and that the role trusts its issuer."));
        }
    }
}

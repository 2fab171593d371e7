// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/**
 * A credential of a foreign service, for one step. Made by {@link CredentialReader}; every member is whole and holds
 * only characters that can stand in a header, a variable and a line of a file. {@link Object#toString} never shows a
 * secret.
 */
public sealed interface Credential permits GithubCredential, AwsCredential, OpenbaoCredential {
    /** When it is dead by the issuer's clock, even if nobody revokes it; ending the task token ends it before. */
    Instant expiresAt();

    /** True when it dies between two heartbeats unless it is fetched again after each. */
    boolean refreshed();

    /** Every text of it that must not be seen, for masks; an AWS access key's id among them. */
    List<String> secrets();

    /** One function for each kind. */
    default <T> T match(
            Function<GithubCredential, T> github,
            Function<AwsCredential, T> aws,
            Function<OpenbaoCredential, T> openbao) {
        if (this instanceof GithubCredential it) {
            return github.apply(it);
        }
        return this instanceof AwsCredential it ? aws.apply(it) : openbao.apply((OpenbaoCredential) this);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import io.taskbound.client.internal.JsonObject;

/** Reads the answer of {@code POST /credential}. What is not whole is not handed out, not even in part. */
public final class CredentialReader {
    private CredentialReader() {}

    /**
     * Members that are not known are ignored.
     *
     * @param granted the kind that the grant names
     * @throws UnusableCredential for another kind, a missing member, a value that is not as it must be, and a URL that
     *     would send the credential over an open network
     */
    public static Credential read(JsonObject body, CredentialKind granted) throws UnusableCredential {
        if (body.text("kind").filter(granted.wire()::equals).isEmpty()) {
            throw new UnusableCredential("kind is not the granted one");
        }
        var members = Members.of(body);
        return switch (granted) {
            case GITHUB_APP -> github(members);
            case AWS_ROLE -> aws(members);
            case OPENBAO -> openbao(members);
        };
    }

    private static GithubCredential github(Members members) throws UnusableCredential {
        return new GithubCredential(
                members.secret("token"),
                members.origin("server_url"),
                members.url("api_url"),
                members.repositories(),
                members.permissions(),
                members.expiresAt(),
                members.refresh());
    }

    private static AwsCredential aws(Members members) throws UnusableCredential {
        return new AwsCredential(
                members.keyId("access_key_id"),
                members.secret("secret_access_key"),
                members.secret("session_token"),
                members.text("role_arn"),
                members.region(),
                members.expiresAt(),
                members.refresh());
    }

    private static OpenbaoCredential openbao(Members members) throws UnusableCredential {
        return new OpenbaoCredential(
                members.secret("token"),
                members.url("address"),
                members.optionalText("namespace"),
                members.expiresAt(),
                members.refresh());
    }
}

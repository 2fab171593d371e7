// SPDX-License-Identifier: Apache-2.0
package io.taskbound.credential;

import io.taskbound.policy.AwsRole;
import io.taskbound.policy.GithubApp;
import io.taskbound.policy.Openbao;
import java.time.Instant;
import java.util.Optional;

/** The foreign services of an issuer, by their kind. */
public record CredentialServices(
        CredentialService<GithubAccess> github,
        CredentialService<AwsAccess> aws,
        CredentialService<OpenbaoAccess> openbao) {
    /** Asks the service of this kind; as {@link CredentialService#issue}. */
    public ForeignCredential issue(Access access, CredentialOrder order)
            throws CredentialRefused, CredentialUnavailable {
        if (access instanceof GithubAccess repositories) {
            return github.issue(repositories, order);
        }
        if (access instanceof AwsAccess role) {
            return aws.issue(role, order);
        }
        return openbao.issue((OpenbaoAccess) access, order);
    }

    /** As {@link CredentialService#mayLiveUntil}. */
    public Instant mayLiveUntil(Access access, CredentialOrder order) {
        if (access instanceof GithubAccess repositories) {
            return github.mayLiveUntil(repositories, order);
        }
        if (access instanceof AwsAccess role) {
            return aws.mayLiveUntil(role, order);
        }
        return openbao.mayLiveUntil((OpenbaoAccess) access, order);
    }

    /** The service that revokes credentials of a kind, as records name it; empty for a kind that nobody knows. */
    public Optional<CredentialService<?>> of(String kind) {
        return switch (kind) {
            case GithubApp.KIND -> Optional.of(github);
            case AwsRole.KIND -> Optional.of(aws);
            case Openbao.KIND -> Optional.of(openbao);
            default -> Optional.empty();
        };
    }
}

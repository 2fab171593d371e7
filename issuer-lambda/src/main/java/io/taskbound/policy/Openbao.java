// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.net.URI;
import java.util.Optional;

/**
 * {@code kind: openbao}: client tokens of OpenBao or HashiCorp Vault, by its JWT auth method.
 *
 * @param address where the issuer and the step reach it, without a slash at its end
 * @param role the role of the JWT auth method that the step's token is made by
 * @param mount the path of the auth method, {@code jwt} unless the policy says otherwise
 * @param namespace {@code X-Vault-Namespace}, where the policy names one
 * @param revokeRole the role whose tokens may revoke by accessor
 * @param audience {@code aud} of the JWTs that the issuer logs in with
 */
public record Openbao(
        URI address, String role, String mount, Optional<String> namespace, String revokeRole, String audience)
        implements Delivery {
    public static final String KIND = "openbao";

    @Override
    public String kind() {
        return KIND;
    }
}

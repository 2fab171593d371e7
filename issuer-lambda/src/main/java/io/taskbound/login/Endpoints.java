// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/**
 * Where a provider logs people in, as its discovery document says (OpenID Connect Discovery section 3).
 *
 * @param namesIssuer whether its answers always say whom they come from (RFC 9207 section 3)
 */
record Endpoints(URI authorization, URI token, boolean namesIssuer) {
    /**
     * @throws LoginFailed when the document is another issuer's, or names what is not at this one's own host: neither
     *     the person nor a code is sent anywhere else
     */
    static Endpoints read(Provider provider, JsonObject discovery) throws LoginFailed {
        if (!discovery.string("issuer").equals(Optional.of(provider.issuer()))) {
            throw fault("the discovery document names another issuer than the policy");
        }
        return new Endpoints(
                endpoint(provider, discovery, "authorization_endpoint"),
                endpoint(provider, discovery, "token_endpoint"),
                discovery.bool("authorization_response_iss_parameter_supported").orElse(false));
    }

    private static URI endpoint(Provider provider, JsonObject discovery, String name) throws LoginFailed {
        var url = discovery.string(name).orElseThrow(() -> fault("the discovery document names no " + name));
        if (!provider.isAtIssuer(url)) {
            throw fault("the discovery document's " + name + " is on another host, port or scheme than the issuer");
        }
        return URI.create(url);
    }

    private static LoginFailed fault(String detail) {
        return new LoginFailed(LoginFailed.Kind.OUT_OF_REACH, detail);
    }
}

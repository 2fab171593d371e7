// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.util.List;

/**
 * What the issuer says about itself, one document under two names: RFC 8414 section 2, and OpenID Connect Discovery so
 * that clouds can trust us.
 */
final class Metadata {
    private Metadata() {}

    static JsonObject of(String issuer) {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return JsonObject.builder()
                .put("issuer", issuer)
                .put("token_endpoint", base + "/token")
                .put("jwks_uri", base + "/.well-known/jwks.json")
                .put("revocation_endpoint", base + "/revoke")
                .put("introspection_endpoint", base + "/introspect")
                .put("renewal_endpoint", base + "/renew")
                .put("redemption_endpoint", base + "/redeem")
                .put("receipt_endpoint", base + "/receipt")
                .put("holder_challenge_methods_supported", strings("S256"))
                .put("dpop_signing_alg_values_supported", strings("ES256"))
                .put("grant_types_supported", strings("urn:ietf:params:oauth:grant-type:token-exchange"))
                .put("response_types_supported", JsonArray.EMPTY)
                .put("subject_types_supported", strings("public"))
                .put("id_token_signing_alg_values_supported", strings("ES256"))
                .put("token_endpoint_auth_methods_supported", strings("none"))
                .put("revocation_endpoint_auth_methods_supported", strings("none"))
                .put("introspection_endpoint_auth_methods_supported", strings("client_secret_basic"))
                .put("authorization_details_types_supported", strings("task"))
                .put(
                        "claims_supported",
                        strings(
                                "iss",
                                "aud",
                                "sub",
                                "iat",
                                "nbf",
                                "exp",
                                "jti",
                                "txn",
                                "client_id",
                                "act",
                                "started_by",
                                "authorization_details",
                                "policy",
                                "max_uses",
                                "status",
                                "cnf"))
                .build();
    }

    private static JsonArray strings(String... values) {
        return JsonArray.ofStrings(List.of(values));
    }
}

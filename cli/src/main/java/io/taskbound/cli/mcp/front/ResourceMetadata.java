// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.front;

import io.taskbound.client.resource.Verdict;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a gateway says of itself to whoever has no token yet (RFC 9728), and where a refusal says to look. */
final class ResourceMetadata {
    private static final String WELL_KNOWN = "/.well-known/oauth-protected-resource";
    private static final String CHALLENGE = "WWW-Authenticate";

    private final URI gateway;
    private final String issuer;
    private final boolean proofRequired;

    /** @param proofRequired whether only tokens that are bound to a key are taken */
    ResourceMetadata(URI gateway, String issuer, boolean proofRequired) {
        this.gateway = gateway;
        this.issuer = issuer;
        this.proofRequired = proofRequired;
    }

    /** Where it is, on the gateway's own host. */
    String path() {
        return WELL_KNOWN + gateway.getRawPath();
    }

    private String url() {
        return gateway.getScheme() + "://" + gateway.getRawAuthority() + path();
    }

    JsonObject document() {
        return JsonObject.builder()
                .put("resource", gateway.toString())
                .put("authorization_servers", JsonArray.ofStrings(List.of(issuer)))
                .put("bearer_methods_supported", JsonArray.ofStrings(List.of("header")))
                .put("dpop_signing_alg_values_supported", JsonArray.ofStrings(List.of("ES256")))
                .put("dpop_bound_access_tokens_required", proofRequired)
                .put("authorization_details_types_supported", JsonArray.ofStrings(List.of("task")))
                .build();
    }

    /** The header fields of a refusal, with this place in each of its challenges (RFC 9728 section 5.1). */
    Map<String, String> headers(Verdict.Refused refused) {
        var headers = new LinkedHashMap<>(refused.headers());
        headers.computeIfPresent(CHALLENGE, (name, value) -> withPlace(value));
        return headers;
    }

    private String withPlace(String challenges) {
        var place = "resource_metadata=\"" + url() + "\"";
        if (challenges.startsWith("Bearer, DPoP ")) {
            return "Bearer " + place + ", " + challenges.substring("Bearer, ".length()) + ", " + place;
        }
        return challenges + (challenges.contains(" ") ? ", " : " ") + place;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.json.JsonObject;

/** Where the Authorization API is; what is left out is not offered. */
final class AccessMetadata {
    static final String PATH = "/.well-known/authzen-configuration";

    private AccessMetadata() {}

    static JsonObject of(String issuer) {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        return JsonObject.builder()
                .put("policy_decision_point", base)
                .put("access_evaluation_endpoint", base + AccessApi.EVALUATION)
                .put("access_evaluations_endpoint", base + AccessApi.EVALUATIONS)
                .build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.http.HttpRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What steps and services ask of a live issuer. */
public final class Asks {
    /** The example of RFC 7636 appendix B. */
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

    private Asks() {}

    public static HttpRequest mint(String idToken, String authorizationDetails) {
        return Scene.post("/token", mintForm(idToken, authorizationDetails), Map.of());
    }

    static Map<String, String> mintForm(String idToken, String authorizationDetails) {
        var form = new LinkedHashMap<String, String>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("subject_token_type", ID_TOKEN);
        form.put("subject_token", idToken);
        form.put("txn", UUID.randomUUID().toString());
        form.put("authorization_details", authorizationDetails);
        form.put("holder_challenge", CHALLENGE);
        return form;
    }

    static HttpRequest renew(String token) {
        return Scene.post("/renew", Map.of("token", token, "holder_verifier", VERIFIER), Map.of());
    }

    static HttpRequest credential(String token) {
        return Scene.post("/credential", Map.of("token", token, "holder_verifier", VERIFIER), Map.of());
    }

    static HttpRequest close(String token) {
        return Scene.post("/revoke", Map.of("token", token), Map.of());
    }

    /** @param handle of the token, or {@code run:*} */
    static HttpRequest close(String idToken, String handle) {
        return Scene.post(
                "/revoke",
                Map.of("subject_token", idToken, "subject_token_type", ID_TOKEN, "handle", handle),
                Map.of());
    }

    static HttpRequest redeem(String token, String identifier) {
        var form = Map.of("token", token, "action", "sign", "identifier", identifier);
        return Scene.post("/redeem", form, Scene.credentials("signer", PolicyText.SECRET));
    }

    static HttpRequest introspect(String token, String secret) {
        return Scene.post("/introspect", Map.of("token", token), Scene.credentials("deployer", secret));
    }
}

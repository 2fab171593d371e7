// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TransportAnswer;
import io.taskbound.client.dpop.ProofKey;
import java.util.Base64;
import java.util.Map;

/** Grants as an issuer gives them; nobody signed the tokens. */
final class Grants {
    private static final String ISSUER = "https://tokens.acme.example";
    private static final String SIGNATURE = "c2lnbmF0dXJl".repeat(7);

    private Grants() {}

    static GrantedToken bearer() {
        return granted("Bearer");
    }

    /** Bound to a key of its own. */
    static GrantedToken bound() {
        return granted("DPoP");
    }

    private static GrantedToken granted(String type) {
        var request = TaskRequest.of(TaskDetail.of("read", "read", "ticket:7")).withProofKey(ProofKey.create());
        var body = """
            {"access_token":"%s","token_type":"%s","expires_in":60,"jti":"R.P","txn":"%s",
             "authorization_details":[{"type":"task","task":"read","actions":["read"],"identifier":"ticket:7"}]}""".formatted(jwt("{\"jti\":\"R.P\"}"), type, request.txn());
        var client = IssuerClient.builder(IssuerUrl.of(ISSUER))
                .transport(asked -> new TransportAnswer(200, Map.of(), body.getBytes(UTF_8)))
                .build();
        var idToken = IdToken.of(jwt("{\"aud\":\"" + ISSUER + "\"}"));
        if (client.mint(idToken, request) instanceof MintAnswer.Granted granted) {
            return granted.token();
        }
        throw new AssertionError("not granted");
    }

    private static String jwt(String claims) {
        return base64url("{\"alg\":\"ES256\"}") + "." + base64url(claims) + "." + SIGNATURE;
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}

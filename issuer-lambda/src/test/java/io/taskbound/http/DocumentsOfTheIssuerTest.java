// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonText;
import io.taskbound.ledger.InMemoryLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the issuer publishes to everybody. */
class DocumentsOfTheIssuerTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void publishesItsKeysForACacheToKeep() {
        var answer = issuer.send(request("GET", "/.well-known/jwks.json"));

        assertThat(JsonText.of(answer.body())).isEqualTo(JsonText.of(issuer.signer.publicKeys()));
        assertThat(answer.headers().get("Cache-Control")).startsWith("public, max-age=");
    }

    @Test
    void namesItselfByConfigurationAndNeverByTheHostHeader() {
        var asked = new HttpRequest(
                "GET",
                "/.well-known/openid-configuration",
                Map.of("host", List.of("attacker.example")),
                new byte[0],
                Optional.empty());
        assertThat(JsonText.of(issuer.send(asked).body()))
                .contains("\"issuer\":\"" + TestIssuer.ISSUER + "\"", TestIssuer.ISSUER + "/token")
                .doesNotContain("attacker");
    }

    /** What is ours besides OAuth's own; docs/mint.md says the same. */
    @Test
    void namesItsOwnEndpointsAndHowAHolderProvesItself() {
        var metadata = JsonText.of(issuer.send(request("GET", "/.well-known/oauth-authorization-server"))
                .body());

        assertThat(metadata)
                .contains(
                        "\"renewal_endpoint\":\"" + TestIssuer.ISSUER + "/renew\"",
                        "\"receipt_endpoint\":\"" + TestIssuer.ISSUER + "/receipt\"",
                        "\"redemption_endpoint\":\"" + TestIssuer.ISSUER + "/redeem\"",
                        "\"holder_challenge_methods_supported\":[\"S256\"]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/.well-known/jwks.json",
                "/.well-known/oauth-authorization-server",
                "/.well-known/openid-configuration",
                "/.well-known/authzen-configuration",
                "/healthz"
            })
    void answersHeadLikeGetWithoutABody(String path) {
        var get = issuer.edge.handle(request("GET", path));
        var head = issuer.edge.handle(request("HEAD", path));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.headers()).isEqualTo(get.headers());
        assertThat(head.body()).isEmpty();
        assertThat(get.body()).isNotEmpty();
    }

    @Test
    void namesTheMethodsThatItTakes() {
        assertThat(issuer.send(request("DELETE", "/healthz")).headers()).containsEntry("Allow", "GET, HEAD");
        assertThat(issuer.send(request("GET", "/token")).headers()).containsEntry("Allow", "POST");
        assertThat(issuer.send(request("HEAD", "/token")).status()).isEqualTo(405);
    }

    private static HttpRequest request(String method, String path) {
        return new HttpRequest(method, path, Map.of(), new byte[0], Optional.empty());
    }
}

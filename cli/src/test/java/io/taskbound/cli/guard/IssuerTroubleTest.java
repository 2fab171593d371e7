// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.http.LocalAnswer;
import io.taskbound.cli.http.LocalServer;
import io.taskbound.client.HttpTransport;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.ServerCredentials;
import io.taskbound.local.OwnPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the guard does when the issuer does not answer as an issuer does: it lets nothing in. */
class IssuerTroubleTest {
    private static final String TOKEN = "Authorization: Bearer aaa.bbb.ccc";

    @TempDir
    private Path folder;

    private Asked ask(TestedGuard guard) throws Exception {
        return guard.ask(guard.question("PUT", TestedGuard.PERMITTED).with(TOKEN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | <html>It works</html>",
                "200 | {\"active\":\"yes\"}",
                "200 | {\"active\":true}",
                "200 | {}",
                "200 | []",
                "204 | ''",
                "302 | ''",
                "401 | {\"error\":\"invalid_client\"}",
                "404 | Not found",
                "500 | {\"active\":true,\"jti\":\"x\"}"
            })
    void anAnswerThatIsNoneLetsNothingIn(int status, String body) throws Exception {
        try (var issuer = OwnPort.bind(LocalServer::bind)) {
            issuer.serve(request -> LocalAnswer.text(status, body).with("Location", "http://127.0.0.1:1/"));
            try (var guard = new TestedGuard(Gateway.NGINX, issuer.url(), folder)) {
                var answer = ask(guard);
                assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
                assertThat(answer.header("Retry-After")).isPresent();
                assertThat(answer.body()).doesNotContain(body.isEmpty() ? "\u0000" : body);
            }
        }
    }

    /** So that a guard that is started while the issuer fails serves once that is over. */
    @Test
    void anIssuerThatFailsHasNotRefusedTheGuardsSecret() throws Exception {
        try (var issuer = OwnPort.bind(LocalServer::bind)) {
            issuer.serve(request -> LocalAnswer.text(500, "{\"error\":\"server_error\",\"error_description\":\"x\"}")
                    .with("Content-Type", "application/json"));
            var asked = new GuardIssuer(
                    IssuerUrl.of(issuer.url()), HttpTransport.create(), ServerCredentials.of("signer", "0".repeat(43)));
            assertThat(asked.introduce())
                    .isEqualTo(GuardIssuer.Introduction.away("the issuer answered server_error (x)"));
            assertThat(asked.isKnown()).isFalse();
        }
    }

    @Test
    void anIssuerThatIsAwayLetsNothingIn() throws Exception {
        try (var guard = new TestedGuard(Gateway.NGINX, "http://127.0.0.1:" + OwnPort.find(), folder)) {
            assertThat(ask(guard).status()).isEqualTo(503);
            assertThat(guard.admin("/readyz").status()).isEqualTo(503);
            assertThat(guard.admin("/healthz").status()).isEqualTo(200);
            assertThat(guard.ask(guard.question("GET", "/healthz")).status()).isEqualTo(200);
        }
    }

    /** Many requests at once: each is answered within ten seconds, and what needs no issuer at once. */
    @Test
    void anIssuerThatHangsHoldsUpNobodyForLong() throws Exception {
        try (var hanging = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress());
                var guard = new TestedGuard(Gateway.NGINX, "http://127.0.0.1:" + hanging.getLocalPort(), folder)) {
            long began = System.nanoTime();
            var waiting = IntStream.range(0, Guard.MOST_ASKING + 20)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> {
                                try {
                                    return ask(guard).status();
                                } catch (Exception broken) {
                                    throw new AssertionError(broken);
                                }
                            },
                            work -> new Thread(work).start()))
                    .toList();
            assertThat(guard.ask(guard.question("GET", "/healthz")).status()).isEqualTo(200);
            assertThat(guard.ask(guard.question("PUT", TestedGuard.PERMITTED)).status())
                    .isEqualTo(401);
            for (var each : waiting) {
                assertThat(each.get(60, TimeUnit.SECONDS)).isEqualTo(503);
            }
            // Ten, and something for a machine with other work.
            assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(30));
            assertThat(guard.log().stream().filter(line -> line.contains("\"reason\":\"busy\"")))
                    .hasSize(20);
            assertThat(guard.log().stream().filter(line -> line.contains("\"reason\":\"unavailable\"")))
                    .hasSize(Guard.MOST_ASKING);
        }
    }

    /** The proof, the method and the URL by which callers know the service go to the issuer as they are. */
    @Test
    void aProofIsHandedToTheIssuer() throws Exception {
        var seen = new AtomicReference<String>("");
        try (var issuer = OwnPort.bind(LocalServer::bind)) {
            issuer.serve(request -> {
                seen.set(new String(request.body(), StandardCharsets.UTF_8));
                return LocalAnswer.text(200, "{\"active\":false,\"reason\":\"use_dpop_nonce\",\"dpop_nonce\":\"n-1\"}")
                        .with("Content-Type", "application/json");
            });
            try (var guard = new TestedGuard(Gateway.ENVOY, issuer.url(), folder)) {
                var token = "e30."
                        + java.util.Base64.getUrlEncoder()
                                .withoutPadding()
                                .encodeToString("{\"cnf\":{\"jkt\":\"x\"}}".getBytes(StandardCharsets.UTF_8))
                        + ".sig";
                var answer = guard.ask(guard.question("PUT", TestedGuard.PERMITTED + "?format=x")
                        .with("Authorization: DPoP " + token, "DPoP: a.b.c"));
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.header("DPoP-Nonce")).contains("n-1");
                assertThat(answer.header("WWW-Authenticate")).contains("DPoP error=\"use_dpop_nonce\", algs=\"ES256\"");
            }
        }
        assertThat(List.of(seen.get().split("&")).stream().map(each -> URLDecoder.decode(each, StandardCharsets.UTF_8)))
                .contains(
                        "dpop=a.b.c",
                        "htm=PUT",
                        "htu=https://signer.acme.example" + TestedGuard.PERMITTED,
                        "action=sign",
                        "identifier=artifact:acme/shop/app.jar@sha256:" + TestedGuard.DIGEST)
                .anyMatch(field -> field.matches("use_id=[0-9a-f-]{36}"));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.Use;
import io.taskbound.client.resource.Enforcer;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Verdict;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * oauth4webapi, unchanged, gets a bound token and uses it at a resource server that answers by the Java client's
 * {@link Enforcer}.
 */
@ExtendWith(OneIssuer.class)
class ForeignProofsTest {
    private static Path project = Path.of("");
    private final LiveIssuer issuer;
    private final ConcurrentLinkedQueue<String> decisions = new ConcurrentLinkedQueue<>();
    private HttpServer server = HttpServer.create();

    ForeignProofsTest(LiveIssuer issuer) throws IOException {
        this.issuer = issuer;
    }

    @BeforeAll
    static void install() throws IOException {
        project = NodeProject.installed();
    }

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var enforcer = Enforcer.of(
                IssuerClient.builder(IssuerUrl.of(issuer.url())).build(),
                ServerCredentials.of("vault", TestPolicy.secretOf("vault")));
        server.createContext("/unlock", exchange -> answer(exchange, enforcer));
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String resource() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/unlock";
    }

    private void answer(HttpExchange exchange, Enforcer enforcer) throws IOException {
        var headers = exchange.getRequestHeaders();
        var presented = Presented.read(
                headers.getOrDefault("Authorization", List.of()), headers.getOrDefault("DPoP", List.of()));
        var verdict = enforcer.enforce(
                presented, Use.once("unlock", "safe:1"), exchange.getRequestMethod(), URI.create(resource()));
        int status = 200;
        if (verdict instanceof Verdict.Refused refused) {
            decisions.add(refused.reason());
            status = refused.status();
            refused.headers().forEach(exchange.getResponseHeaders()::set);
        } else {
            decisions.add("allowed");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    @Test
    void usesItsTokenWithItsKeyAndNobodyElseCan() throws Exception {
        var found = run(JsonObject.builder()
                .put("issuer", issuer.url())
                .put("idToken", issuer.idToken())
                .put("task", TestPolicy.unlock())
                .put("resource", resource())
                .build());

        var granted = found.object("granted").orElseThrow();
        assertThat(granted.string("token_type")).contains("dpop");
        assertThat(found.wholeNumber("used")).hasValue(200);
        assertThat(found.wholeNumber("replayed")).hasValue(401);
        assertThat(found.wholeNumber("bearer")).hasValue(401);
        var stolen = found.object("stolen").orElseThrow();
        assertThat(stolen.string("scheme")).contains("dpop");
        assertThat(stolen.string("error")).contains("invalid_dpop_proof");
        assertThat(found.wholeNumber("again")).hasValue(200);
        // The first use is told the nonce of this server, of which the library keeps one for each origin.
        assertThat(decisions)
                .containsSubsequence(
                        "use_dpop_nonce", "allowed", "invalid_dpop_proof", "invalid_dpop_proof", "allowed");
        assertThat(claims(granted).object("cnf").flatMap(cnf -> cnf.string("jkt")))
                .isEqualTo(found.string("jkt"));
    }

    private static JsonObject claims(JsonObject granted) throws MalformedJson {
        var payload = granted.string("access_token").orElseThrow().split("\\.")[1];
        return StrictJson.parseObject(Base64.getUrlDecoder().decode(payload));
    }

    private static JsonObject run(JsonObject input) throws IOException, MalformedJson {
        var done = Subprocess.run(project, JsonText.of(input), List.of("node", "dpop.mjs"));
        assertThat(done.code()).as(done.err()).isZero();
        return StrictJson.parseObject(done.out().getBytes(UTF_8));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.TestPolicy;
import io.taskbound.local.OwnPort;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The documented configuration of each gateway, in the real program, where it is installed: the permitted request
 * reaches the service as often as it may, and nothing else does.
 */
class GatewaysIT {
    private static LiveIssuer issuer;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() throws Exception {
        issuer = LiveIssuer.start();
    }

    @AfterAll
    static void stop() throws Exception {
        issuer.close();
    }

    /** A gateway with everything before and behind it. */
    private final class Scene implements AutoCloseable {
        private final Upstream upstream = new Upstream();
        private final int port = OwnPort.find();
        private final TestedGuard guard;
        private final GatewayProgram gateway;

        Scene(Gateway kind) throws Exception {
            this(kind, issuer.url());
        }

        Scene(Gateway kind, String issuerUrl) throws Exception {
            var program = GatewayProgram.find(kind.word());
            assumeTrue(program.isPresent(), kind.word() + " is not installed");
            guard = new TestedGuard(kind, issuerUrl, folder, "http://127.0.0.1:" + port);
            gateway = GatewayProgram.start(
                    kind, program.get(), folder, new GatewayProgram.Ports(port, guard.port(), upstream.port()));
        }

        /** A request with these lines after its first. */
        Asked send(String method, String target, String... lines) throws Exception {
            return sendFor("127.0.0.1:" + port, method, target, lines);
        }

        Asked sendFor(String host, String method, String target, String... lines) throws Exception {
            return Asked.of(
                    "http://127.0.0.1:" + port,
                    method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\n"
                            + String.join(
                                    "",
                                    List.of(lines).stream()
                                            .map(line -> line + "\r\n")
                                            .toList())
                            + "Connection: close\r\n\r\n");
        }

        String target() {
            return TestedGuard.PERMITTED;
        }

        @Override
        public void close() throws Exception {
            gateway.close();
            guard.close();
            upstream.close();
        }
    }

    private static String bearer() {
        return "Authorization: Bearer " + issuer.mint(TestPolicy.sign());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRAEFIK")
    void exactlyThePermittedRequestPasses(Gateway kind) throws Exception {
        try (var scene = new Scene(kind)) {
            var token = bearer();
            for (int use = 0; use < 3; use++) {
                var answer = scene.send("PUT", scene.target() + "?format=x", token, "Content-Length: 0");
                assertThat(answer.status())
                        .as(answer + "\n" + scene.guard.log())
                        .isEqualTo(200);
                assertThat(answer.body()).contains("done");
            }
            var spent = scene.send("PUT", scene.target(), token, "Content-Length: 0");
            assertThat(spent.status()).isEqualTo(401);
            assertThat(spent.header("WWW-Authenticate")).contains("Bearer error=\"invalid_token\"");

            assertThat(scene.upstream.seen()).hasSize(3).allSatisfy(seen -> {
                assertThat(seen.line()).isEqualTo("PUT " + scene.target() + "?format=x");
                assertThat(seen.headers()).doesNotContainKey("authorization");
                assertThat(seen.headers().get("x-taskbound-task")).containsExactly("sign");
                assertThat(seen.headers().get("x-taskbound-handle")).hasSize(1);
                assertThat(seen.headers().toString()).doesNotContain(token.substring(token.lastIndexOf('.')));
            });
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRAEFIK")
    void refusalsTellTheCallerWhy(Gateway kind) throws Exception {
        try (var scene = new Scene(kind)) {
            var nothing = scene.send("PUT", scene.target(), "Content-Length: 0");
            assertThat(nothing.status()).isEqualTo(401);
            assertThat(nothing.header("WWW-Authenticate")).contains("Bearer, DPoP algs=\"ES256\"");
            var other = scene.send("PUT", scene.target().replace("app", "evil"), bearer(), "Content-Length: 0");
            assertThat(other.status()).isEqualTo(403);
            assertThat(other.header("WWW-Authenticate")).contains("Bearer error=\"insufficient_scope\"");
            assertThat(scene.send("GET", "/healthz").status()).isEqualTo(200);
            scene.guard.close();
            var unknown = scene.send("PUT", scene.target(), bearer(), "Content-Length: 0");
            assertThat(unknown.status()).isIn(502, 503);
            assertThat(scene.upstream.seen()).hasSize(1);
        }
    }

    /** Every way that the issue names to be read as another request, by raw octets and with a good token. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRAEFIK")
    void nothingElseReachesTheService(Gateway kind) throws Exception {
        try (var scene = new Scene(kind)) {
            var token = bearer();
            var empty = "Content-Length: 0";
            for (var target : targets(scene.target())) {
                refused(scene, target, scene.send("PUT", target, token, empty));
            }
            for (var method : List.of("GET", "POST", "DELETE", "PATCH", "put", "CONNECT", "TRACE", "X")) {
                refused(scene, method, scene.send(method, scene.target(), token, empty));
            }
            for (var lines : lines(scene.target(), token)) {
                refused(scene, lines.toString(), scene.send("PUT", scene.target(), lines.toArray(String[]::new)));
            }
            for (var host : List.of("other.example", "127.0.0.1.", "")) {
                refused(scene, "host " + host, scene.sendFor(host, "PUT", scene.target(), token, empty));
            }
        }
    }

    private static void refused(Scene scene, String what, Asked answer) {
        assertThat(answer.status()).as(what).matches(status -> status == 0 || status >= 400);
        assertThat(scene.upstream.seen()).as(what).isEmpty();
    }

    private static List<String> targets(String permitted) {
        return List.of(
                "/files/%2e%2e" + permitted + "x",
                "/files/%2E%2E/%2e%2e" + permitted,
                "/files/..;" + permitted,
                permitted.replace("/acme/", "/acme//") + "/x",
                permitted + ";x=1",
                permitted + ".",
                permitted + "/",
                permitted.toUpperCase(Locale.ROOT),
                permitted.replace("artifacts", "Artifacts"),
                permitted.replace("/acme/shop", "/acme%2fshop"),
                permitted.replace("/acme/shop", "/acme%252fshop"),
                permitted.replace("/acme/shop", "/acme\\shop"),
                permitted + "%00",
                permitted + "?_method=DELETE",
                permitted + "?format=a&format=b",
                permitted + "?other=1",
                "http://other.example" + permitted,
                "/check",
                "/_guard",
                "*",
                "/files/" + "a".repeat(100_000));
    }

    private static List<List<String>> lines(String permitted, String token) {
        var empty = "Content-Length: 0";
        return List.of(
                List.of(token, token, empty),
                List.of(token, "Authorization: Bearer a.b.c", empty),
                List.of("Authorization: Bearer a.b.c", token, empty),
                List.of(token, "Host: other.example", empty),
                List.of(token, "X-HTTP-Method-Override: DELETE", empty),
                List.of(token, "X-HTTP-Method: DELETE", empty),
                List.of(token, "X-Method-Override: DELETE", empty),
                List.of(token, "X-Original-URL: /admin", empty),
                List.of(token, "X-Rewrite-URL: /admin", empty),
                List.of(token, "X-Taskbound-Subject: task:sign:github:repo:1001/2002", empty),
                List.of(token, "Content-Length: 1", "Content-Length: 2"),
                List.of(token, "Content-Length: -1"),
                List.of(token, "Transfer-Encoding: xchunked"),
                List.of("Authorization: Basic c2lnbmVyOng=", empty),
                List.of(token.replace("Bearer", "DPoP"), empty));
    }

    /**
     * A length and chunks, so that two programs could see another end of the first request, and a second one in its
     * body.
     */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRAEFIK")
    void noBodyHidesASecondRequest(Gateway kind) throws Exception {
        try (var scene = new Scene(kind)) {
            var host = "Host: 127.0.0.1:" + scene.port + "\r\n";
            for (var framing : List.of(
                    "Content-Length: 5\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: chunked\r\nContent-Length: 5",
                    "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\nContent-Length: 5",
                    "Transfer-Encoding: identity, chunked",
                    "Transfer-Encoding : chunked",
                    "Transfer-Encoding:\u000bchunked",
                    "Content-Length: +5",
                    "Content-Length: 5, 5")) {
                var token = bearer();
                Asked.of(
                        "http://127.0.0.1:" + scene.port,
                        "PUT " + scene.target() + " HTTP/1.1\r\n" + host + token + "\r\n" + framing
                                + "\r\n\r\n0\r\n\r\nGET /files/secret HTTP/1.1\r\n" + host + token
                                + "\r\nConnection: close\r\n\r\n");
                assertThat(scene.upstream.seen())
                        .as(framing)
                        .allSatisfy(seen -> assertThat(seen.line()).isEqualTo("PUT " + scene.target()));
            }
            assertThat(scene.upstream.seen()).hasSizeLessThanOrEqualTo(8);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRAEFIK")
    void anIssuerThatHangsLetsNothingIn(Gateway kind) throws Exception {
        try (var hanging = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
                var scene = new Scene(kind, "http://127.0.0.1:" + hanging.getLocalPort())) {
            var answer = scene.send("PUT", scene.target(), bearer(), "Content-Length: 0");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isPresent();
            assertThat(scene.upstream.seen()).isEmpty();
        }
    }

    /** What a caller says of the original request is the guard's to refuse, or the gateway's to overwrite. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRAEFIK")
    void aCallersOwnWordsForTheOriginalRequestChangeNothing(Gateway kind) throws Exception {
        try (var scene = new Scene(kind)) {
            var token = bearer();
            for (var line : List.of(
                    "X-Original-Request: PUT " + scene.target() + " HTTP/1.1",
                    "X-Original-Host: 127.0.0.1:" + scene.port,
                    "X-Forwarded-Uri: " + scene.target(),
                    "X-Forwarded-Method: PUT",
                    "X-Original-URI: " + scene.target())) {
                refused(scene, line, scene.send("DELETE", "/files/secret", token, line));
            }
        }
    }

    /** Each gateway hands on the proof of a token's key, and a second one too, so that the guard can refuse both. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "TRAEFIK")
    void theProofReachesTheGuard(Gateway kind) throws Exception {
        try (var scene = new Scene(kind)) {
            var bound = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString("{\"cnf\":{\"jkt\":\"x\"}}".getBytes(StandardCharsets.UTF_8));
            var token = "Authorization: DPoP e30." + bound + ".sig";
            var empty = "Content-Length: 0";

            var unknown = scene.send("PUT", scene.target(), token, "DPoP: a.b.c", empty);
            assertThat(unknown.status()).isEqualTo(401);
            assertThat(unknown.header("WWW-Authenticate").orElseThrow()).startsWith("DPoP error=\"invalid_token\"");

            refused(scene, "two proofs", scene.send("PUT", scene.target(), token, "DPoP: a.b.c", "DPoP: d.e.f", empty));
            refused(scene, "no proof", scene.send("PUT", scene.target(), token, empty));
            assertThat(scene.guard.log().stream().map(line -> line.replaceAll(".*\"reason\":\"([a-z_]+)\".*", "$1")))
                    .containsExactly("invalid_token", "malformed", "malformed");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.IntrospectAnswer;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Outage;
import io.taskbound.client.Patience;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskToken;
import io.taskbound.local.OwnPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client of the issuer makes of each fault, so that the transport names it rightly. */
class DirectTransportTest {
    private static final String INACTIVE = "{\"active\":false}";
    private static final String LENGTH = "HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\n" + INACTIVE;
    private static final String CHUNKED =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"active\r\n8\r\n\":false}\r\n0\r\n\r\n";
    private static final String CLOSING = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + INACTIVE;

    @TempDir
    private Path folder;

    private static IssuerClient client(String url, int tries, Duration limit) {
        return IssuerClient.builder(IssuerUrl.of(url))
                .transport(DirectTransport.create(1))
                .patience(
                        new Patience(tries, Duration.ofSeconds(20), limit, Duration.ofMillis(1), Duration.ofMillis(1)))
                .build();
    }

    private static IntrospectAnswer ask(IssuerClient client) {
        return client.introspect(ServerCredentials.of("signer", "0".repeat(43)), TaskToken.of("aaa.bbb.ccc"));
    }

    private static Outage outage(IntrospectAnswer answer) {
        return ((IntrospectAnswer.Unavailable) answer).outage();
    }

    private static Outage outage(String url, Duration limit) {
        return outage(ask(client(url, 1, limit)));
    }

    private static Outage outage(RawIssuer issuer) {
        return outage(issuer.url(), Duration.ofSeconds(10));
    }

    @ParameterizedTest
    @ValueSource(strings = {LENGTH, CHUNKED})
    void oneConnectionServesManyRequests(String answer) throws Exception {
        try (var issuer = new RawIssuer(answer)) {
            var client = client(issuer.url(), 1, Duration.ofSeconds(10));
            for (int i = 0; i < 3; i++) {
                assertThat(ask(client)).isInstanceOf(IntrospectAnswer.Inactive.class);
            }
            assertThat(issuer.connections()).isEqualTo(1);
            assertThat(issuer.requests())
                    .hasSize(3)
                    .allSatisfy(request -> assertThat(request)
                            .startsWith("POST /introspect HTTP/1.1\r\n")
                            .contains("\r\nHost: 127.0.0.1:", "\r\nAuthorization: Basic ", "token=aaa.bbb.ccc")
                            .doesNotContain("Upgrade", "Accept-Encoding", "Cookie", "Expect"));
        }
    }

    @Test
    void aConnectionThatTheOtherSideEndsIsReplaced() throws Exception {
        try (var issuer = new RawIssuer(CLOSING)) {
            var client = client(issuer.url(), 1, Duration.ofSeconds(10));
            assertThat(ask(client)).isInstanceOf(IntrospectAnswer.Inactive.class);
            assertThat(ask(client)).isInstanceOf(IntrospectAnswer.Inactive.class);
            assertThat(issuer.connections()).isEqualTo(2);
        }
    }

    /** The client decides whether a request is repeated; this one has been told not to. */
    @Test
    void whatMayHaveArrivedIsNotSentAgain() throws Exception {
        try (var issuer = new RawIssuer("")) {
            assertThat(outage(issuer).kind()).isEqualTo(Outage.Kind.NO_ANSWER);
            assertThat(issuer.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 307 x\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 401 x\r\nWWW-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 x\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"
            })
    void noAnswerMakesItAskAgainByItself(String answer) throws Exception {
        try (var issuer = new RawIssuer(answer)) {
            assertThat(ask(client(issuer.url(), 1, Duration.ofSeconds(10))))
                    .isInstanceOf(IntrospectAnswer.Unavailable.class);
            assertThat(issuer.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 70000", "X-Length: none"})
    void ofAnAnswerThatIsTooLongNoMoreIsRead(String header) throws Exception {
        try (var issuer = new RawIssuer("HTTP/1.1 200 OK\r\n" + header + "\r\n\r\n" + "x".repeat(70_000))) {
            assertThat(outage(issuer).sentence()).isEqualTo("the answer is longer than 64 KB");
        }
    }

    /** Each byte comes in time, the whole does not. */
    @Test
    void theLimitIsForTheWholeAnswer() throws Exception {
        try (var issuer = new RawIssuer(LENGTH).slowly(Duration.ofMillis(100))) {
            long began = System.nanoTime();
            var outage = outage(issuer.url(), Duration.ofMillis(800));
            assertThat(outage.kind()).isEqualTo(Outage.Kind.NO_ANSWER);
            // The whole answer takes more than 5 s.
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void nobodyThereWasSentNothing() throws IOException {
        var outage = outage("http://127.0.0.1:" + OwnPort.find(), Duration.ofSeconds(5));
        assertThat(outage.kind()).isEqualTo(Outage.Kind.UNREACHABLE);
        assertThat(outage("https://nobody.invalid", Duration.ofSeconds(5)).kind())
                .isEqualTo(Outage.Kind.UNREACHABLE);
    }

    @Test
    void whoTakesTheConnectionAndSaysNothingOfTlsWasSentNothing() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var outage = outage("https://127.0.0.1:" + silent.getLocalPort(), Duration.ofMillis(500));
            assertThat(outage.kind()).isEqualTo(Outage.Kind.UNREACHABLE);
        }
    }

    @Test
    void whoAnswersWithoutTlsWasSentNothing() throws Exception {
        try (var plain = new RawIssuer("HTTP/1.1 400 x\r\n\r\n").atOnce()) {
            assertThat(outage(plain.url().replace("http:", "https:"), Duration.ofSeconds(5))
                            .kind())
                    .isEqualTo(Outage.Kind.UNREACHABLE);
        }
    }

    @Test
    void aCertificateOfNobodyKnownIsNotTrusted() throws Exception {
        try (var server =
                tls(folder).getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var heard = CompletableFuture.supplyAsync(() -> {
                try (var socket = server.accept()) {
                    return socket.getInputStream().read();
                } catch (SSLException refused) {
                    return -1;
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            });
            assertThat(outage("https://127.0.0.1:" + server.getLocalPort(), Duration.ofSeconds(10))
                            .kind())
                    .isEqualTo(Outage.Kind.UNTRUSTED);
            assertThat(heard.get()).isEqualTo(-1);
        }
    }

    private static SSLContext tls(Path folder) throws Exception {
        var store = folder.resolve("keys.p12");
        var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        var line = "-genkeypair -alias issuer -keyalg EC -dname CN=x -ext san=ip:127.0.0.1 -storetype PKCS12"
                + " -storepass made-up -keystore";
        var command = new java.util.ArrayList<>(List.of(keytool));
        command.addAll(List.of(line.split(" ")));
        command.add(store.toString());
        assertThat(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor())
                .isZero();
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(store.toFile(), "made-up".toCharArray()), "made-up".toCharArray());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }
}

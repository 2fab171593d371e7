// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.client.GrantedToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.Socket;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The proxy byte by byte, in front of a service that answers as each test says. */
class InjectorTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private static final Limits SHORT = new Limits(Duration.ofMillis(400), Duration.ofMillis(900));

    private static Injector injector(Service service, GrantedToken granted) throws IOException {
        return injector(service.url(), granted, Limits.USUAL);
    }

    private static Injector injector(String url, GrantedToken granted, Limits limits) throws IOException {
        var silence = new PrintStream(OutputStream.nullOutputStream());
        var context = new CommandContext(
                silence, silence, new ByteArrayInputStream(new byte[0]), Map.of(), false, Clock.systemUTC());
        var plan =
                new InjectPlan(InjectTarget.parse(url).orElseThrow(), Optional.empty(), EnvironmentProxies.of(context));
        return Injector.start(plan, granted, limits);
    }

    private static Socket connected(Injector injector) throws IOException {
        var socket = new Socket("127.0.0.1", injector.url().getPort());
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
        return socket;
    }

    /** Sends a request whose target follows the secret, and reads until the connection is closed. */
    private static String asked(Injector injector, String method, String rest, String headersAndBody)
            throws IOException {
        return raw(
                injector,
                method + " " + injector.url().getRawPath() + rest + " HTTP/1.1\r\nHost: "
                        + injector.url().getAuthority() + "\r\n" + headersAndBody);
    }

    private static String raw(Injector injector, String octets) throws IOException {
        try (var socket = connected(injector)) {
            socket.getOutputStream().write(octets.getBytes(ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
        }
    }

    private static String get(Injector injector, String rest) throws IOException {
        return asked(injector, "GET", rest, "Connection: close\r\n\r\n");
    }

    private static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    @Test
    void addsTheTokenWithAProofForTheServicesOwnAddress() throws Exception {
        var granted = Grants.bound();
        try (var service = Service.answering(OK)) {
            var injector = injector(service.url() + "/v1", granted, Limits.USUAL);
            assertThat(get(injector, "/tickets/7?page=1"))
                    .startsWith("HTTP/1.1 200")
                    .endsWith("ok");
            assertThat(get(injector, "/tickets/7?page=1")).startsWith("HTTP/1.1 200");
            injector.end();
            var head = service.heads().get(0);
            assertThat(head)
                    .startsWith("GET /v1/tickets/7?page=1 HTTP/1.1\r\n")
                    .doesNotContain(injector.url().getPath());
            assertThat(header(head, "Authorization"))
                    .isEqualTo("DPoP " + granted.token().reveal());
            var proof = JWSObject.parse(header(head, "DPoP"));
            assertThat(proof.getPayload().toJSONObject())
                    .containsEntry("htm", "GET")
                    .containsEntry("htu", service.url() + "/v1/tickets/7")
                    .containsKey("ath");
            assertThat(proof.getHeader().getJWK().computeThumbprint().toString())
                    .isEqualTo(granted.proofKey().orElseThrow().thumbprint());
            assertThat(header(service.heads().get(1), "DPoP")).isNotEqualTo(header(head, "DPoP"));
        }
    }

    @Test
    void sendsAnUnboundTokenAsBearer() throws Exception {
        var granted = Grants.bearer();
        try (var service = Service.answering(OK)) {
            var injector = injector(service, granted);
            get(injector, "/");
            injector.end();
            assertThat(header(service.heads().get(0), "Authorization"))
                    .isEqualTo("Bearer " + granted.token().reveal());
            assertThat(service.heads().get(0)).doesNotContainIgnoringCase("dpop:");
        }
    }

    @Test
    void passesOnNoFieldOfTheConnection() throws Exception {
        try (var service = Service.answering(OK)) {
            var injector = injector(service, Grants.bearer());
            asked(
                    injector,
                    "POST",
                    "/a",
                    "Connection: close\r\nConnection: X-Hop\r\nX-Hop: 1\r\nX-Own: 2\r\nTE: trailers\r\nProxy-Authorization: Basic x\r\n"
                            + "Keep-Alive: 5\r\nAccept-Encoding: gzip, br\r\nExpect: 100-continue\r\nReferer: "
                            + injector.url() + "/\r\nContent-Length: 3\r\n\r\nabc");
            injector.end();
            var head = service.heads().get(0);
            assertThat(head).containsIgnoringCase("x-own: 2").containsIgnoringCase("content-length: 3");
            assertThat(head)
                    .doesNotContainIgnoringCase("x-hop")
                    .doesNotContainIgnoringCase("proxy-")
                    .doesNotContainIgnoringCase("keep-alive")
                    .doesNotContainIgnoringCase("upgrade")
                    .doesNotContainIgnoringCase("expect")
                    .doesNotContainIgnoringCase("referer")
                    .doesNotContainIgnoringCase("gzip");
            assertThat(header(head, "Accept-Encoding")).isEqualTo("identity");
        }
    }

    @Test
    void refusesEveryRequestThatIsNotPlainlyForTheServiceAndSendsNothing() throws Exception {
        try (var service = Service.answering(OK)) {
            var injector = injector(service, Grants.bearer());
            var path = injector.url().getRawPath();
            var host = "Host: " + injector.url().getAuthority() + "\r\nConnection: close\r\n\r\n";
            for (var line : List.of(
                    "GET / HTTP/1.1",
                    "GET /" + "a".repeat(43) + "/x HTTP/1.1",
                    "GET " + service.url() + "/x HTTP/1.1",
                    "GET http://" + injector.url().getAuthority() + path + "/x HTTP/1.1",
                    "GET //127.0.0.1" + path + " HTTP/1.1")) {
                assertThat(raw(injector, line + "\r\n" + host)).as(line).startsWith("HTTP/1.1 404 ");
            }
            for (var rest : List.of("/../x", "/%2e%2e/x", "//evil.example", "/a;b", "/a#b")) {
                assertThat(get(injector, rest)).as(rest).startsWith("HTTP/1.1 400 ");
            }
            assertThat(raw(injector, "CONNECT evil.example:443 HTTP/1.1\r\n" + host))
                    .doesNotContain(" 200 ");
            assertThat(raw(injector, "GET " + path + "/x HTTP/1.1\r\nHost: evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(raw(
                            injector,
                            "GET " + path + "/x HTTP/1.1\r\nHost: "
                                    + injector.url().getAuthority() + "\r\n" + host))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(asked(injector, "GET", "/x", "Origin: https://evil.example\r\n\r\n"))
                    .startsWith("HTTP/1.1 403 ");
            assertThat(asked(injector, "GET", "/x", "Authorization: Bearer a\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("Leave out the headers Authorization and DPoP");
            assertThat(asked(injector, "GET", "/x", "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n"))
                    .startsWith("HTTP/1.1 501 ");
            injector.end();
            assertThat(service.heads()).isEmpty();
        }
    }

    @Test
    void masksTheTokenInWhatTheServiceRepeats() throws Exception {
        var granted = Grants.bearer();
        var token = granted.token().reveal();
        var body = "you sent " + token + " to me";
        try (var service = Service.answering("HTTP/1.1 200 OK\r\nX-Echo: Bearer " + token + "\r\nX-Other: 1\r\n"
                + "Access-Control-Allow-Origin: *\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)) {
            var injector = injector(service, granted);
            var answer = get(injector, "/");
            injector.end();
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .endsWith("you sent " + "*".repeat(token.length()) + " to me")
                    .containsIgnoringCase("x-other: 1")
                    .doesNotContainIgnoringCase("x-echo")
                    .doesNotContainIgnoringCase("access-control")
                    .doesNotContain(token);
        }
    }

    @Test
    void refusesACompressedAnswerWhichItCannotSearch() throws Exception {
        try (var service =
                Service.answering("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok")) {
            var injector = injector(service, Grants.bearer());
            assertThat(get(injector, "/")).startsWith("HTTP/1.1 502 ").contains("compressed");
            injector.end();
        }
    }

    @Test
    void followsNoRedirectAndRewritesOneToTheSameService() throws Exception {
        try (var service = Service.start((head, in, out) -> out.write(("HTTP/1.1 302 Found\r\nLocation: "
                        + (head.contains("/away") ? "https://evil.example/x" : "/v1/next?a=b")
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                .getBytes(ISO_8859_1)))) {
            var injector = injector(service.url() + "/v1", Grants.bearer(), Limits.USUAL);
            assertThat(header(get(injector, "/first"), "Location")).isEqualTo(injector.url() + "/next?a=b");
            assertThat(header(get(injector, "/away"), "Location")).isEqualTo("https://evil.example/x");
            injector.end();
            assertThat(service.heads()).hasSize(2);
        }
    }

    @Test
    void repeatsAShortRequestOnceWithTheNonceThatTheServiceWants() throws Exception {
        try (var service = Service.start((head, in, out) -> {
            in.readNBytes(3);
            var proof = header(head, "DPoP");
            out.write((claimed(proof, "n-2")
                            ? OK
                            : "HTTP/1.1 401 No\r\nDPoP-Nonce: n-2\r\nWWW-Authenticate: DPoP error=\"use_dpop_nonce\"\r\n"
                                    + "Content-Length: 0\r\nConnection: close\r\n\r\n")
                    .getBytes(ISO_8859_1));
        })) {
            var injector = injector(service, Grants.bound());
            var answer = asked(injector, "POST", "/a", "Connection: close\r\nContent-Length: 3\r\n\r\nabc");
            injector.end();
            assertThat(answer).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("dpop-nonce");
            assertThat(service.heads()).hasSize(2);
        }
    }

    private static boolean claimed(String proof, String nonce) {
        try {
            return nonce.equals(
                    JWSObject.parse(proof).getPayload().toJSONObject().get("nonce"));
        } catch (ParseException none) {
            return false;
        }
    }

    @Test
    void aBodyThatBreaksOffIsNeverPassedOnAsAWholeOne() throws Exception {
        var got = new StringBuffer();
        var over = new CountDownLatch(1);
        try (var service = Service.start((head, in, out) -> {
            try {
                got.append(new String(in.readAllBytes(), ISO_8859_1));
            } finally {
                over.countDown();
            }
        })) {
            var injector = injector(service, Grants.bearer());
            try (var socket = connected(injector)) {
                socket.getOutputStream()
                        .write(("POST " + injector.url().getRawPath() + "/a HTTP/1.1\r\nHost: "
                                        + injector.url().getAuthority()
                                        + "\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n5\r\nab")
                                .getBytes(ISO_8859_1));
                socket.shutdownOutput();
                assertThat(over.await(30, TimeUnit.SECONDS)).isTrue();
            }
            injector.end();
            assertThat(got.toString()).doesNotContain("0\r\n\r\n");
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNeverGivenAsAWholeOne() throws Exception {
        try (var service = Service.answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")) {
            var injector = injector(service, Grants.bearer());
            assertThat(get(injector, "/")).doesNotEndWith("0\r\n\r\n");
            injector.end();
        }
    }

    @Test
    void aServiceThatHangsIsGivenUpAndTheCommandIsTold() throws Exception {
        var end = new CountDownLatch(1);
        try (var service = Service.start((head, in, out) -> await(end))) {
            var injector = injector(service.url(), Grants.bearer(), SHORT);
            assertThat(get(injector, "/")).startsWith("HTTP/1.1 504 ");
            injector.end();
        } finally {
            end.countDown();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await(60, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void halfAHeadIsCutOffAndHoldsUpNobody() throws Exception {
        try (var service = Service.answering(OK)) {
            var injector = injector(service.url(), Grants.bearer(), SHORT);
            try (var half = connected(injector)) {
                half.getOutputStream().write("GET / HTTP/1.1\r\nHost: ".getBytes(ISO_8859_1));
                assertThat(get(injector, "/")).startsWith("HTTP/1.1 200");
                assertThat(half.getInputStream().readAllBytes()).isEmpty();
            }
            assertThat(get(injector, "/")).startsWith("HTTP/1.1 200");
            injector.end();
        }
    }

    @Test
    void nothingIsSentAfterTheEndNotEvenOverAConnectionThatWasKept() throws Exception {
        try (var service = Service.answering(OK)) {
            var injector = injector(service, Grants.bearer());
            try (var kept = connected(injector)) {
                var request = "GET " + injector.url().getRawPath() + "/ HTTP/1.1\r\nHost: "
                        + injector.url().getAuthority() + "\r\n\r\n";
                kept.getOutputStream().write(request.getBytes(ISO_8859_1));
                assertThat(kept.getInputStream().read()).isEqualTo('H');
                injector.end();
                assertThat(after(kept, request)).doesNotContain("HTTP/1.1 200");
            }
            assertThat(service.heads()).hasSize(1);
            for (int i = 0; i < 100 && isOpen(injector); i++) {
                Thread.sleep(50);
            }
            assertThatThrownBy(() -> connected(injector)).isInstanceOf(ConnectException.class);
        }
    }

    private static String after(Socket kept, String request) {
        try {
            var rest = new StringBuilder();
            kept.getOutputStream().write(request.getBytes(ISO_8859_1));
            // The end of the first answer, and what comes for the second request.
            rest.append(new String(kept.getInputStream().readAllBytes(), ISO_8859_1));
            return rest.toString();
        } catch (IOException closed) {
            return "";
        }
    }

    private static boolean isOpen(Injector injector) {
        try (var socket = connected(injector)) {
            return socket.isConnected();
        } catch (IOException closed) {
            return false;
        }
    }

    @Test
    void twoStepsCannotUseEachOthersPorts() throws Exception {
        try (var service = Service.answering(OK)) {
            var one = injector(service, Grants.bearer());
            var other = injector(service, Grants.bearer());
            var answer = raw(
                    one,
                    "GET " + other.url().getRawPath() + "/ HTTP/1.1\r\nHost: "
                            + one.url().getAuthority() + "\r\nConnection: close\r\n\r\n");
            assertThat(answer).startsWith("HTTP/1.1 404 ");
            one.end();
            assertThat(get(other, "/")).startsWith("HTTP/1.1 200");
            other.end();
            assertThat(service.heads()).hasSize(1);
        }
    }

    @Test
    void saysWhenTheServiceCannotBeReached() throws Exception {
        String url;
        try (var service = Service.answering(OK)) {
            url = service.url();
        }
        var injector = injector(url, Grants.bearer(), Limits.USUAL);
        assertThat(get(injector, "/")).startsWith("HTTP/1.1 502 ").contains("cannot be reached");
        injector.end();
    }
}

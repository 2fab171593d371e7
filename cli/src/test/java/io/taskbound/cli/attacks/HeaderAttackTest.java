// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static io.taskbound.cli.overhttp.Calls.basic;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.Answer;
import io.taskbound.cli.overhttp.Form;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import java.io.IOException;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers twice, smuggled, forged or too many. */
@ExtendWith(OneIssuer.class)
class HeaderAttackTest {
    private final LiveIssuer issuer;
    private final Siege siege;

    HeaderAttackTest(LiveIssuer issuer) {
        this.issuer = issuer;
        this.siege = new Siege(issuer);
    }

    @Test
    void refusesTwoAuthorizations() {
        siege.refuses(
                401, introspection().with("Authorization", basic("deployer")).with("Authorization", basic("cloud")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Basic",
                "Basic ",
                "Basic ====",
                "Basic ZGVwbG95ZXI=", // no colon
                "Basic Og==", // a colon alone
                "Basic gICAgA==", // no UTF-8
                "Basic JTp4", // bad percent-encoding
                "Bearer x",
                "Digest username=\"deployer\""
            })
    void refusesBadCredentials(String value) {
        var answer = siege.refuses(401, introspection().with("Authorization", value));
        assertThat(answer.text("error")).isEqualTo("invalid_client");
        assertThat(answer.header("www-authenticate")).startsWith("Basic ");
    }

    @Test
    void answersAnUnknownClientLikeAWrongSecret() {
        var unknown = siege.send(introspection().with("Authorization", basic("nobody")));
        var wrong = siege.send(introspection().with("Authorization", encoded("deployer:wrong")));
        assertThat(unknown.status()).isEqualTo(wrong.status()).isEqualTo(401);
        assertThat(unknown.text("error_description")).isEqualTo(wrong.text("error_description"));
    }

    @Test
    void takesNoSecretFromTheBody() {
        var form = "token=" + siege.token() + "&client_id=deployer&client_secret=x";
        siege.refuses(401, RawRequest.form("/introspect", form));
    }

    private static String encoded(String credentials) {
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
    }

    private RawRequest introspection() {
        return RawRequest.form("/introspect", "token=" + siege.token());
    }

    @Test
    void takesItsNameNeverFromTheHostHeader() {
        var request = RawRequest.of("GET", "/.well-known/oauth-authorization-server")
                .without("Host")
                .with("Host", "mallory.example")
                .with("X-Forwarded-Host", "mallory.example")
                .with("X-Forwarded-Proto", "https")
                .with("Forwarded", "host=mallory.example");
        var metadata = siege.send(request);
        assertThat(metadata.text("issuer")).isEqualTo(issuer.url());
        assertThat(metadata.raw()).doesNotContain("mallory");
    }

    @Test
    void takesItsNameNeverFromAnAbsoluteTarget() {
        var metadata = siege.send(RawRequest.of("GET", "http://mallory.example/.well-known/openid-configuration"));
        assertThat(metadata.text("issuer")).isEqualTo(issuer.url());
        assertThat(metadata.raw()).doesNotContain("mallory");
    }

    @Test
    void mintsUnderItsOwnNameWhateverTheHost() {
        var granted = siege.send(RawRequest.form("/token", Form.encode(siege.exchange()))
                .without("Host")
                .with("Host", "mallory.example"));
        var payload = granted.text("access_token").split("\\.")[1];
        assertThat(new String(Base64.getUrlDecoder().decode(payload), UTF_8))
                .contains("\"iss\":\"" + issuer.url() + "\"");
    }

    @Test
    void letsNoOtherOriginIn() {
        var preflight = RawRequest.of("OPTIONS", "/token")
                .with("Origin", "https://mallory.example")
                .with("Access-Control-Request-Method", "POST");
        siege.refuses(405, preflight);
        siege.tellsNothing(siege.send(RawRequest.form("/token", "").with("Origin", "https://mallory.example")));
    }

    @Test
    void takesNoOtherMethodFromAHeader() {
        siege.refuses(405, RawRequest.of("GET", "/token").with("X-HTTP-Method-Override", "POST"));
    }

    @Test
    void refusesALengthBesideChunks() throws IOException {
        // What one of two servers takes for the next request: the end of the chunks, or the end of the length.
        var smuggled = "0\r\n\r\n" + "POST /revoke HTTP/1.1\r\nHost: x\r\n\r\n";
        var request = RawRequest.form("/token", smuggled).with("Transfer-Encoding", "chunked");
        rejectsAtTheDoor(request);
    }

    @Test
    void refusesTwoLengths() throws IOException {
        rejectsAtTheDoor(
                RawRequest.form("/token", Form.encode(siege.exchange())).with("Content-Length", "0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+5", "0x10", "abc", "99999999999999999999", "1 2"})
    void refusesABadLength(String length) throws IOException {
        rejectsAtTheDoor(RawRequest.form("/token", Form.encode(siege.exchange()))
                .without("Content-Length")
                .with("Content-Length", length));
    }

    @Test
    void refusesABadTransferEncoding() throws IOException {
        rejectsAtTheDoor(RawRequest.form("/token", Form.encode(siege.exchange()))
                .without("Content-Length")
                .with("Transfer-Encoding", "chunked, identity"));
    }

    @Test
    void refusesTooManyHeaders() throws IOException {
        var request = RawRequest.form("/token", Form.encode(siege.exchange()));
        for (var i : IntStream.range(0, 150).toArray()) {
            request = request.with("X-Filler-" + i, "x");
        }
        rejectsAtTheDoor(request);
    }

    @Test
    void refusesAHeaderOfAMegabyte() throws IOException {
        rejectsAtTheDoor(
                RawRequest.form("/token", Form.encode(siege.exchange())).with("X-Filler", "x".repeat(1024 * 1024)));
    }

    /**
     * HTTP that is broken never reaches the issuer: the server in front of it refuses or cuts off, and grants nothing.
     */
    private void rejectsAtTheDoor(RawRequest request) throws IOException {
        try (var connection = RawConnection.to(siege.port())) {
            write(connection, request);
            var answer = connection.answer();
            answer.ifPresent(siege::tellsNothing);
            assertThat(answer.map(Answer::status).orElse(400)).isBetween(400, 501);
        }
        siege.changedNothing();
    }

    private static void write(RawConnection connection, RawRequest request) {
        try {
            connection.out().write(request.octets());
        } catch (IOException cutOffAlready) {
            // the server need not hear it to the end
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.overhttp.Form;
import io.taskbound.cli.overhttp.LiveIssuer;
import io.taskbound.cli.overhttp.OneIssuer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too long, never end, are packed, or are no form (threat model R5, R33). */
@ExtendWith(OneIssuer.class)
class BodyAttackTest {
    private static final int LIMIT = 64 * 1024;
    private static final String KILOBYTE = "x".repeat(1024);
    /** More than what the server lets arrive and all the buffers between the two hold, less than what is sent. */
    private static final int MUCH = 24 * 1024 * 1024;

    private final Siege siege;

    BodyAttackTest(LiveIssuer issuer) {
        this.siege = new Siege(issuer);
    }

    @Test
    void acceptsABodyAtTheLimit() {
        var answer = siege.send(RawRequest.form("/token", paddedTo(LIMIT)));
        assertThat(answer.status()).as(answer.raw()).isEqualTo(200);
    }

    @Test
    void acceptsABodyInChunks() {
        var form = Form.encode(siege.exchange());
        var chunks = Integer.toHexString(form.length()) + "\r\n" + form + "\r\n0\r\n\r\n";
        var answer = siege.send(
                RawRequest.form("/token", chunks).without("Content-Length").with("Transfer-Encoding", "chunked"));
        assertThat(answer.status()).as(answer.raw()).isEqualTo(200);
    }

    @Test
    void refusesABodyOfOneOctetTooMany() {
        siege.refuses(413, RawRequest.form("/token", paddedTo(LIMIT + 1)));
    }

    @Test
    @Timeout(120)
    void refusesSixtyFourMegabytesWithoutReadingThemAll() throws IOException {
        var request = RawRequest.form("/token", "").without("Content-Length").with("Content-Length", "67108864");
        assertThat(pour(request, KILOBYTE, 64 * 1024 * 1024)).isLessThan(MUCH);
        siege.changedNothing();
    }

    @Test
    @Timeout(120)
    void cutsOffAChunkedBodyThatNeverEnds() throws IOException {
        var request = RawRequest.form("/token", "").without("Content-Length").with("Transfer-Encoding", "chunked");
        assertThat(pour(request, "400\r\n" + KILOBYTE + "\r\n", Long.MAX_VALUE)).isLessThan(MUCH);
        siege.changedNothing();
    }

    @Test
    @Timeout(120)
    void cutsOffABodyThatComesTooSlowly() throws IOException {
        try (var connection = RawConnection.to(siege.port())) {
            var request =
                    RawRequest.form("/token", siege.exchangeWith("pad", "x")).octets();
            connection.out().write(request, 0, request.length - 1);
            assertThat(connection.answer()).isEmpty();
        }
        siege.changedNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate", "br", "identity", "gzip, gzip", ""})
    void refusesAnEncodedBody(String encoding) {
        var form = Form.encode(siege.exchange());
        siege.refuses(415, RawRequest.form("/token", form).with("Content-Encoding", encoding));
    }

    @Test
    void refusesAPackedBody() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[1024 * 1024]);
        }
        siege.refuses(415, RawRequest.form("/token", packed.toByteArray()).with("Content-Encoding", "gzip"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "text/plain",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded; charset=utf-16",
                "application/x-www-form-urlencoded; charset=iso-8859-1",
                "application/x-www-form-urlencoded, application/json",
                "application/x-www-form-urlencodedx",
                ""
            })
    void refusesAnotherContentType(String type) {
        var form = Form.encode(siege.exchange());
        siege.refuses(
                415, RawRequest.form("/token", form).without("Content-Type").with("Content-Type", type));
    }

    @Test
    void refusesABodyWithoutAContentType() {
        siege.refuses(
                415, RawRequest.form("/token", Form.encode(siege.exchange())).without("Content-Type"));
    }

    @Test
    void refusesTwoContentTypes() {
        var form = RawRequest.form("/token", Form.encode(siege.exchange()));
        siege.refuses(415, form.with("Content-Type", "application/json"));
    }

    @Test
    void refusesAnEmptyBody() {
        siege.refuses("invalid_request", RawRequest.form("/token", ""));
    }

    @Test
    void refusesAJsonBodyThatClaimsToBeAForm() {
        var json = "{\"subject_token\":\"" + siege.proof() + "\"}";
        siege.refuses("invalid_request", RawRequest.form("/token", json));
    }

    private byte[] paddedTo(int length) {
        var form = (Form.encode(siege.exchange()) + "&pad=").getBytes(UTF_8);
        var padded = Arrays.copyOf(form, length);
        Arrays.fill(padded, form.length, length, (byte) 'x');
        return padded;
    }

    /** Sends the pieces until the server has had enough, and tells how many bytes left for it. */
    private long pour(RawRequest head, String piece, long most) throws IOException {
        var octets = piece.getBytes(UTF_8);
        long poured = 0;
        try (var connection = RawConnection.to(siege.port())) {
            connection.out().write(head.octets());
            while (poured < most) {
                connection.out().write(octets);
                poured += octets.length;
            }
        } catch (IOException cutOff) {
            return poured;
        }
        return poured;
    }
}

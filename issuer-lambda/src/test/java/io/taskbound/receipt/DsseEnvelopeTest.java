// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonObject;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The envelope of the DSSE specification, version 1. */
class DsseEnvelopeTest {
    /** What RFC 7515 section 5.1 lets a signing input begin with: base64url and a dot. */
    private static final Pattern JWS_SIGNING_INPUT = Pattern.compile("[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]*");

    /** The example of the specification's protocol.md. */
    @Test
    void encodesAsTheSpecificationsExample() {
        assertThat(DsseEnvelope.preAuthenticationEncoding(
                        "http://example.com/HelloWorld", "hello world".getBytes(UTF_8)))
                .asString(UTF_8)
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void countsBytesAndNotCharacters() {
        assertThat(DsseEnvelope.preAuthenticationEncoding("t", "ä€".getBytes(UTF_8)))
                .asString(UTF_8)
                .isEqualTo("DSSEv1 1 t 5 ä€");
    }

    /** The same key signs task tokens: nothing that it signs for one purpose may be presented for the other. */
    @Test
    void neverSignsWhatCouldBeAToken() {
        var signed = new String(DsseEnvelope.preAuthenticationEncoding("", "a.b".getBytes(UTF_8)), UTF_8);

        assertThat(signed).doesNotMatch(JWS_SIGNING_INPUT);
        assertThat(signed.substring(0, 7)).isEqualTo("DSSEv1 ").doesNotMatch("[A-Za-z0-9_.-]*");
    }

    @Test
    void anybodyVerifiesItByThePublishedKey() throws Exception {
        var signer = LocalSigner.generate();
        var statement = JsonObject.builder().put("said", "ä").build();

        var envelope = DsseEnvelope.sign(statement, signer);

        assertThat(envelope.members()).containsOnlyKeys("payloadType", "payload", "signatures");
        assertThat(envelope.string("payloadType")).contains("application/vnd.in-toto+json");
        assertThat(OpenedReceipt.statement(envelope, signer.publicKeys())).isEqualTo(statement);
    }

    @Test
    void refusesASignatureThatIsNone() {
        TaskSigner broken = new TaskSigner() {
            @Override
            public String keyId() {
                return "k";
            }

            @Override
            public byte[] sign(byte[] signingInput) {
                return new byte[3];
            }

            @Override
            public JsonObject publicKeys() {
                return JsonObject.EMPTY;
            }
        };
        assertThatThrownBy(() -> DsseEnvelope.sign(JsonObject.EMPTY, broken)).isInstanceOf(SignerUnavailable.class);
    }
}

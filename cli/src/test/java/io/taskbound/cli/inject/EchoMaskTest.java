// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EchoMaskTest {
    private final String token = Grants.bearer().token().reveal();
    private final EchoMask mask = new EchoMask(Grants.bearer().token());

    private String masked(String text, int piece) throws IOException {
        var out = new ByteArrayOutputStream();
        mask.copy(inPieces(text.getBytes(ISO_8859_1), piece), out, () -> {});
        return out.toString(ISO_8859_1);
    }

    private static InputStream inPieces(byte[] octets, int piece) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] into, int at, int length) {
                return super.read(into, at, Math.min(length, piece));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 1000, 100_000})
    void overwritesTheTokenWhereverAPieceEnds(int piece) throws IOException {
        var text = "a" + token + token + "e" + token.substring(0, 20) + " " + token.substring(0, token.length() - 1);
        var masked = masked(text + token.substring(0, 5), piece);
        assertThat(masked)
                .hasSameSizeAs(text + token.substring(0, 5))
                .doesNotContain(token)
                .startsWith("a" + "*".repeat(2 * token.length()) + "e" + token.substring(0, 20) + " ")
                .endsWith(token.substring(0, 5));
    }

    @Test
    void overwritesTheSignatureAloneAndTheTokenInBase64() throws IOException {
        var signature = token.substring(token.lastIndexOf('.') + 1);
        assertThat(masked("x" + signature + "y", 50)).isEqualTo("x" + "*".repeat(signature.length()) + "y");
        for (var before : new String[] {"", "a", "ab"}) {
            var encoded = Base64.getEncoder().encodeToString((before + token + "!").getBytes(ISO_8859_1));
            assertThat(masked(encoded, 64)).hasSameSizeAs(encoded).contains("*".repeat(token.length()));
        }
        assertThat(mask.isIn("DPoP " + token)).isTrue();
        assertThat(mask.isIn("DPoP x")).isFalse();
    }

    @Test
    void leavesEverythingElseAsItIs() throws IOException {
        var octets = new byte[300_000];
        new Random(16).nextBytes(octets);
        var text = new String(octets, ISO_8859_1);
        assertThat(masked(text, 8192)).isEqualTo(text);
        assertThat(masked("", 10)).isEmpty();
    }
}

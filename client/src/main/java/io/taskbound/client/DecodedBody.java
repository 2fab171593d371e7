// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The body of an answer whose request takes gzip (RFC 9110 section 8.4.1.3). */
final class DecodedBody {
    private DecodedBody() {}

    /**
     * Unpacked; empty for another coding, for what is not gzip, and for what would unpack to more than so many bytes.
     */
    static Optional<byte[]> of(TransportAnswer answer, int maxBytes) {
        var coding = answer.header("Content-Encoding").orElse("identity").toLowerCase(Locale.ROOT);
        return switch (coding) {
            case "identity" -> Optional.of(answer.body());
            case "gzip" -> unpacked(answer.body(), maxBytes);
            default -> Optional.empty();
        };
    }

    private static Optional<byte[]> unpacked(byte[] packed, int maxBytes) {
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            var body = gzip.readNBytes(maxBytes + 1);
            return body.length <= maxBytes ? Optional.of(body) : Optional.empty();
        } catch (IOException notGzip) {
            return Optional.empty();
        }
    }
}

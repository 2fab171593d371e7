// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The one content coding that we know, gzip (RFC 9110 section 8.4.1.3), for public documents that are large. */
final class ContentCoding {
    private static final Pattern GZIP = Pattern.compile("(gzip|\\*)\\s*(;\\s*q=(?<weight>[0-9.]+))?");
    private static final Pattern NOT_AT_ALL = Pattern.compile("0(\\.0*)?");

    private ContentCoding() {}

    /** Whether whoever asks takes gzip (RFC 9110 section 12.5.3); who says nothing gets the document as it is. */
    static boolean takesGzip(HttpRequest request) {
        var accepted = request.header("accept-encoding").orElse("").toLowerCase(Locale.ROOT);
        return Arrays.stream(accepted.split(",")).map(String::strip).anyMatch(ContentCoding::isGzip);
    }

    private static boolean isGzip(String coding) {
        var match = GZIP.matcher(coding);
        return match.matches()
                && (match.group("weight") == null
                        || !NOT_AT_ALL.matcher(match.group("weight")).matches());
    }

    static byte[] gzip(byte[] body) {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(body);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return out.toByteArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/**
 * A signed status list as it is published: plain, and packed with gzip. It is packed once, so that nobody who asks for
 * it makes us pack it.
 */
public final class StatusDocument {
    private final byte[] plain;
    private final byte[] packed;

    private StatusDocument(byte[] plain, byte[] packed) {
        this.plain = plain;
        this.packed = packed;
    }

    /** @param token the signed list */
    public static StatusDocument of(String token) {
        var plain = token.getBytes(StandardCharsets.US_ASCII);
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(plain);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return new StatusDocument(plain, out.toByteArray());
    }

    /** ASCII; not a copy. */
    public byte[] plain() {
        return plain;
    }

    /** The same in gzip; not a copy. */
    public byte[] packed() {
        return packed;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.status;

import io.taskbound.digest.Base64Url;
import io.taskbound.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.util.BitSet;
import java.util.zip.Deflater;

/**
 * A bit for each token, set when the token has ended before its expiry: one byte for eight of them, the lowest bit
 * first, compressed by zlib (section 4 of the draft).
 */
public final class StatusList {
    /** Entries of each list that we publish: as many as an index has values. */
    public static final int CAPACITY = 1 << 20;

    private final byte[] bytes;

    private StatusList(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @param size how many entries there are; those that were never allotted are 0 */
    public static StatusList of(BitSet ended, int size) {
        if (ended.length() > size) {
            throw new IllegalArgumentException("an entry beyond the list");
        }
        var bytes = new byte[(size + 7) / 8];
        var set = ended.toByteArray();
        System.arraycopy(set, 0, bytes, 0, set.length);
        return new StatusList(bytes);
    }

    /** The claim {@code status_list}. */
    public JsonObject json() {
        return JsonObject.builder()
                .put("bits", 1)
                .put("lst", Base64Url.encode(compressed()))
                .build();
    }

    private byte[] compressed() {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            var out = new ByteArrayOutputStream(bytes.length / 2 + 64);
            var buffer = new byte[64 * 1024];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** A policy's canonical JSON as stored in the table: gzipped, in base64, cut to fit into items. */
final class PolicyText {
    /** Characters of a part; an item takes 400 KB. */
    static final int PART = 300 * 1024;
    /** Bytes of the JSON; a loaded policy is checked in memory that a function has. */
    static final int MAX_BYTES = 8 * 1024 * 1024;

    private PolicyText() {}

    /** @throws IllegalArgumentException when the policy is too large to be published */
    static List<String> parts(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw new IllegalArgumentException("the policy takes " + json.length + " bytes as JSON; the most is "
                    + MAX_BYTES + ": split it among issuers");
        }
        var text = Base64.getEncoder().encodeToString(zipped(json));
        var parts = new ArrayList<String>();
        for (int from = 0; from < text.length(); from += PART) {
            parts.add(text.substring(from, Math.min(text.length(), from + PART)));
        }
        if (parts.size() > PolicyRelease.MAX_PARTS) {
            throw new IllegalArgumentException("the policy takes " + parts.size() + " items; the most is "
                    + PolicyRelease.MAX_PARTS + ": split it among issuers");
        }
        return parts;
    }

    /** The JSON again; empty when the parts are not what {@link #parts} makes. Never more than {@link #MAX_BYTES}. */
    static Optional<byte[]> joined(List<String> parts) {
        try (var zip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(String.join("", parts))))) {
            var json = zip.readNBytes(MAX_BYTES + 1);
            return json.length > MAX_BYTES ? Optional.empty() : Optional.of(json);
        } catch (IOException | IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static byte[] zipped(byte[] json) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            zip.write(json);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
        return bytes.toByteArray();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Optional;

/** The name of one request in answers and audit log: 26 characters, sortable by time (the ULID form). */
final class RequestId {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private RequestId() {}

    /** The front door's id where it has an harmless form, so that both logs can be joined; else a new one. */
    static String of(Optional<String> given, Instant now) {
        return given.filter(RequestId::isHarmless).orElseGet(() -> fresh(now));
    }

    private static boolean isHarmless(String id) {
        return !id.isEmpty()
                && id.length() <= 64
                && id.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || "-_=".indexOf(c) >= 0));
    }

    private static String fresh(Instant now) {
        var id = new StringBuilder(26);
        long millis = now.toEpochMilli();
        for (int shift = 45; shift >= 0; shift -= 5) {
            id.append(ALPHABET.charAt((int) (millis >>> shift) & 31));
        }
        // The source is not kept: a snapshot of the function would hold it.
        var octets = new byte[16];
        new SecureRandom().nextBytes(octets);
        for (byte octet : octets) {
            id.append(ALPHABET.charAt(octet & 31));
        }
        return id.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;

/**
 * Numbers and UUIDs that the stand-in systems give to names: fixed for those of the examples, derived for all others.
 */
final class Ids {
    static final String CIRCLECI_ORGANISATION = "5d7e1a36-3f0d-4f1e-8a55-0c6b2f1f9a01";

    private static final Map<String, String> FIXED = Map.of(
            "acme",
            "1001",
            "acme/shop",
            "2002",
            "mallory",
            "5555",
            "mallory/shop",
            "6666",
            "octocat",
            "12",
            "mona",
            "21");

    private Ids() {}

    static String number(String name) {
        var crc = new CRC32();
        crc.update(name.getBytes(UTF_8));
        return FIXED.getOrDefault(name, Long.toString(100_000 + crc.getValue()));
    }

    static String uuid(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(UTF_8)).toString();
    }
}

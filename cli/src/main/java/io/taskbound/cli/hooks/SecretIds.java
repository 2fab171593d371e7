// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Ids of secrets: random, and easy to type. */
final class SecretIds {
    private static final int BYTES = 4;

    private SecretIds() {}

    static String next() {
        var octets = new byte[BYTES];
        new SecureRandom().nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}

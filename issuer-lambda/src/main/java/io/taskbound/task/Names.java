// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

/** The one alphabet of all names that people choose: {@code [a-z0-9-]{1,32}}, safe in a subject, a key and a URL. */
final class Names {
    private static final int MAX_LENGTH = 32;

    private Names() {}

    static boolean isValid(String name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return false;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) {
                return false;
            }
        }
        return true;
    }

    static void require(String name, String what) {
        if (!isValid(name)) {
            throw new IllegalArgumentException(what + " must be 1 to " + MAX_LENGTH + " of a-z, 0-9 and -");
        }
    }
}

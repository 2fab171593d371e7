// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import java.util.regex.Pattern;

/**
 * One file.
 *
 * @param sha256 of its content, in lower-case hex
 * @param size in octets
 * @param path where it lies in a Maven repository
 */
record Part(String sha256, long size, String path) {
    private static final Pattern LINE = Pattern.compile(
            "([0-9a-f]{64}) ([0-9]{1,9}) ((?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)+[A-Za-z0-9_-][A-Za-z0-9._-]*)");

    /** @throws IllegalArgumentException if it is not a line of a list */
    static Part parse(String line) {
        var match = LINE.matcher(line);
        if (!match.matches()) {
            throw new IllegalArgumentException("not a line of the list");
        }
        return new Part(match.group(1), Long.parseLong(match.group(2)), match.group(3));
    }

    String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.json;

/**
 * The bytes are not the strict JSON that was expected. The message says what is wrong and where, and never repeats
 * content.
 */
public final class MalformedJson extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedJson(String what, int offset) {
        super(what + " at offset " + offset);
    }
}

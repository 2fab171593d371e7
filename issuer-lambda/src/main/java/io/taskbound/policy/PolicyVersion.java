// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/**
 * Names one policy permanently: each token carries it.
 *
 * @param number counts what was loaded or pushed, from 1
 * @param hash SHA-256 of the canonical JSON, 64 lower-case hex digits
 */
public record PolicyVersion(long number, String hash) {
    private static final int SHORT_HASH = 8;

    public PolicyVersion {
        if (number < 1) {
            throw new IllegalArgumentException("number must be at least 1");
        }
        if (!hash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("hash must be 64 lower-case hex digits");
        }
    }

    /** For people: {@code v1 4be1c0de}. */
    public String label() {
        return "v" + number + " " + hash.substring(0, SHORT_HASH);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

/** Changes a signed token as little as can be done. */
final class Tampering {
    private Tampering() {}

    /** The first character of the signature replaced by another one of base64url. */
    static String of(String token) {
        int at = token.lastIndexOf('.') + 1;
        char other = token.charAt(at) == 'A' ? 'B' : 'A';
        return token.substring(0, at) + other + token.substring(at + 1);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench.peers;

/** Who signs the function's tokens. */
enum Signer {
    /** The function, with a key that KMS opens for it once. */
    SEALED("sealed"),
    /** KMS, each token. */
    KMS("kms");

    private final String word;

    Signer(String word) {
        this.word = word;
    }

    /** The value of {@code TASKBOUND_SIGNER}. */
    String word() {
        return word;
    }
}

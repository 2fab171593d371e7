// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who signs task tokens. */
enum SignerKind {
    /** KMS, one call for each token; nobody can take the key away. */
    KMS("kms"),
    /** The function itself, with a key that KMS opens for it after its start. */
    SEALED("sealed");

    private final String word;

    SignerKind(String word) {
        this.word = word;
    }

    /** The value of {@code TASKBOUND_SIGNER}. */
    String word() {
        return word;
    }

    static Optional<SignerKind> named(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static String words() {
        return Arrays.stream(values()).map(SignerKind::word).collect(Collectors.joining(", "));
    }
}

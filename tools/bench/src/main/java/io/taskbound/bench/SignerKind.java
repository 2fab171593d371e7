// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

/** Where the key is that signs. */
enum SignerKind {
    KMS,
    SEALED
}

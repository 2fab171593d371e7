// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

/** Where new signing keys come from. */
public interface KeyMaking {
    /** A key that was just made and is in no table yet. */
    record Made(TaskSigner signer, KeyRecord.Kept kept) {}

    /** Makes a key; what it costs begins here. */
    Made make() throws SignerUnavailable;

    /** Gives back a key that was made in vain. */
    default void discard(Made made) {}
}

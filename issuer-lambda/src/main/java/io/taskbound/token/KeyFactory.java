// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

/** Where new signing keys come from. */
public interface KeyFactory {
    /** A key that was just made and is in no table yet. */
    record NewKey(TaskSigner signer, KeyRecord.KeyLocation kept) {}

    /** Makes a key; what it costs begins here. */
    KeyFactory.NewKey make() throws SignerUnavailable;

    /** Schedules deletion of an unused key. */
    default void discard(KeyFactory.NewKey made) {}
}

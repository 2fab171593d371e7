// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

/** New keys that KMS seals; outside the sealed text they exist only in this process, until it ends. */
public final class SealedKeyMaking implements KeyMaking {
    private final SealedKeys keys;

    public SealedKeyMaking(SealedKeys keys) {
        this.keys = keys;
    }

    /** Opens again what it has sealed, so that a key that would not open is noticed now. */
    @Override
    public Made make() throws SignerUnavailable {
        var sealed = keys.make();
        return new Made(keys.open(sealed.secret(), sealed.keyId()), new KeyRecord.Kept.Sealed(sealed.secret()));
    }
}

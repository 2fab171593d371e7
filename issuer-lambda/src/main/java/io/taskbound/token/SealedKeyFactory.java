// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

/** New keys that KMS seals; apart from the sealed text, they exist only in this process, until it ends. */
public final class SealedKeyFactory implements KeyFactory {
    private final SealedKeys keys;

    public SealedKeyFactory(SealedKeys keys) {
        this.keys = keys;
    }

    /** Opens again what it has sealed, so that a key that would not open is noticed now. */
    @Override
    public KeyFactory.NewKey make() throws SignerUnavailable {
        var sealed = keys.make();
        return new KeyFactory.NewKey(
                keys.open(sealed.secret(), sealed.keyId()), new KeyRecord.KeyLocation.Sealed(sealed.secret()));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;

/** An App's key in this process. */
public final class RsaAppSigner implements AppSigner {
    public static final int LEAST_BITS = 2048;

    private final RSAPrivateKey key;

    private RsaAppSigner(RSAPrivateKey key) {
        this.key = key;
    }

    /**
     * @param pkcs8 DER
     * @throws SignerUnavailable when it is not an RSA key of at least {@value #LEAST_BITS} bits; nothing of it is in
     *     the message
     */
    public static RsaAppSigner of(byte[] pkcs8) throws SignerUnavailable {
        try {
            var key = (RSAPrivateKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            if (key.getModulus().bitLength() < LEAST_BITS) {
                throw new SignerUnavailable(
                        SignerUnavailable.Why.WRONG_KIND, "the App's key has fewer than " + LEAST_BITS + " bits");
            }
            return new RsaAppSigner(key);
        } catch (GeneralSecurityException | ClassCastException notAKey) {
            // The cause is left out on purpose: parsers quote what they read.
            throw new SignerUnavailable(
                    SignerUnavailable.Why.WRONG_KIND, "what is kept as the App's key is not an RSA private key");
        }
    }

    @Override
    public byte[] sign(byte[] signingInput) throws SignerUnavailable {
        try {
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(signingInput);
            return signature.sign();
        } catch (GeneralSecurityException failed) {
            throw new SignerUnavailable("the App's key did not sign", failed);
        }
    }

    @Override
    public String toString() {
        return "RsaAppSigner";
    }
}

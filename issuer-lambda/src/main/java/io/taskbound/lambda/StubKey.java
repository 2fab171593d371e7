// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.json.JsonObject;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;

/**
 * The signing key of a {@link WarmUp}, which opens nothing.
 *
 * @param publicKey in base64, as KMS gives it
 */
record StubKey(String publicKey, Signing signing) {
    /** What KMS does with a digest, both in base64. */
    @FunctionalInterface
    interface Signing {
        String sign(String digest) throws GeneralSecurityException;
    }

    /**
     * A throw-away key. To make one takes a cold JVM some 50 ms, and the JDK's tables for the curve are made for it.
     */
    static StubKey generated() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var pair = generator.generateKeyPair();
        return new StubKey(Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()), digest -> {
            var ecdsa = Signature.getInstance("NONEwithECDSA");
            ecdsa.initSign(pair.getPrivate());
            ecdsa.update(Base64.getDecoder().decode(digest));
            return Base64.getEncoder().encodeToString(ecdsa.sign());
        });
    }

    /**
     * Half a key and one signature of it, whatever is to be signed: enough where nobody verifies. There is no other
     * half.
     */
    static StubKey written(JsonObject script) {
        var signature = script.string("signature").orElseThrow();
        return new StubKey(script.string("public_key").orElseThrow(), digest -> signature);
    }
}

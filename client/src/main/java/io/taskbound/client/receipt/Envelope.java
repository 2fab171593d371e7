// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** The parts of a DSSE envelope (version 1), whose form was checked and whose signature was not. */
final class Envelope {
    static final String PAYLOAD_TYPE = "application/vnd.in-toto+json";
    private static final JWSHeader ES256 = new JWSHeader(JWSAlgorithm.ES256);
    /** Of ECDSA on P-256: r and s. */
    private static final int SIGNATURE_LENGTH = 64;

    private final byte[] payload;
    private final String keyId;
    private final byte[] signature;

    /**
     * @param payload what was signed, if it was
     * @param signature in DER
     */
    Envelope(byte[] payload, String keyId, byte[] signature) {
        this.payload = payload.clone();
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    byte[] payload() {
        return payload.clone();
    }

    String keyId() {
        return keyId;
    }

    /** Whether this key signed this payload under this type. */
    boolean isSignedBy(ECKey key) {
        try {
            var concatenated = ECDSA.transcodeSignatureToConcat(signature, SIGNATURE_LENGTH);
            // The library reads DER leniently; a signature has one spelling here.
            return MessageDigest.isEqual(ECDSA.transcodeSignatureToDER(concatenated), signature)
                    && new ECDSAVerifier(key)
                            .verify(ES256, preAuthenticationEncoding(), Base64URL.encode(concatenated));
        } catch (JOSEException | IndexOutOfBoundsException | NegativeArraySizeException notDer) {
            return false;
        }
    }

    /** What a signature is over: type and payload, each after its length. */
    private byte[] preAuthenticationEncoding() {
        var head = "DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ";
        var encoded = new ByteArrayOutputStream(head.length() + payload.length);
        encoded.writeBytes(head.getBytes(StandardCharsets.US_ASCII));
        encoded.writeBytes(payload);
        return encoded.toByteArray();
    }
}

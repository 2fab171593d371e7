// SPDX-License-Identifier: Apache-2.0
package io.taskbound.receipt;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A signed payload in the envelope of the Dead Simple Signing Envelope, version 1 (github.com/secure-systems-lab/dsse).
 * What is signed begins with {@code DSSEv1} and a blank, which no JWS signing input does: so the key that signs tokens
 * may sign this too (decision 12).
 */
public final class DsseEnvelope {
    /** Of an in-toto Statement, as in-toto's attestation framework names it. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /** Of ES256: r and s. */
    private static final int SIGNATURE_LENGTH = 64;

    private DsseEnvelope() {}

    /**
     * Signs the statement's compact JSON, once.
     *
     * @throws SignerUnavailable when the key is out of reach; nothing was signed
     */
    public static JsonObject sign(JsonObject statement, TaskSigner signer) throws SignerUnavailable {
        var payload = JsonText.of(statement).getBytes(StandardCharsets.UTF_8);
        var signature = der(signer.sign(preAuthenticationEncoding(IN_TOTO, payload)));
        var base64 = Base64.getEncoder();
        var signed = JsonObject.builder()
                .put("keyid", signer.keyId())
                .put("sig", base64.encodeToString(signature))
                .build();
        return JsonObject.builder()
                .put("payloadType", IN_TOTO)
                .put("payload", base64.encodeToString(payload))
                .put("signatures", new JsonArray(List.of(signed)))
                .build();
    }

    /** PAE of the DSSE protocol, version 1: both lengths in decimal, so that no two pairs give the same bytes. */
    static byte[] preAuthenticationEncoding(String type, byte[] payload) {
        var typeBytes = type.getBytes(StandardCharsets.UTF_8);
        var head = "DSSEv1 " + typeBytes.length + " " + type + " " + payload.length + " ";
        var encoded = new ByteArrayOutputStream(head.length() + payload.length);
        encoded.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        encoded.writeBytes(payload);
        return encoded.toByteArray();
    }

    /** DSSE leaves the form open; those who verify ECDSA expect the DER form of X9.62, and JWS has another. */
    private static byte[] der(byte[] concatenated) throws SignerUnavailable {
        if (concatenated.length != SIGNATURE_LENGTH) {
            throw new SignerUnavailable("the signer returned a signature of the wrong length");
        }
        try {
            return ECDSA.transcodeSignatureToDER(concatenated);
        } catch (JOSEException notASignature) {
            throw new SignerUnavailable("the signer returned no signature", notASignature);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.taskbound.client.Samples;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Base64;

/** The sample of contract/receipt, and receipts that a test's own key signs. */
public final class ReceiptForge {
    private ReceiptForge() {}

    public static String sample() {
        return file("receipt.intoto.json").strip();
    }

    public static String sampleKeys() {
        return file("jwks.json");
    }

    /** What is signed in the sample. */
    public static String statement() {
        var sample = sample();
        var payload = sample.substring(sample.indexOf("\"payload\":\"") + 11, sample.indexOf("\",\"signatures"));
        return new String(Base64.getDecoder().decode(payload), UTF_8);
    }

    public static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException everyJavaHasP256) {
            throw new AssertionError(everyJavaHasP256);
        }
    }

    /** The key set that publishes this key alone. */
    public static String published(ECKey key) {
        return "{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}";
    }

    public static String signed(String statement, ECKey key) {
        return signed(statement, key, key.getKeyID());
    }

    /** Under this key id, whatever the key's own is. */
    public static String signed(String statement, ECKey key, String keyId) {
        var payload = statement.getBytes(UTF_8);
        var encoded = ("DSSEv1 28 application/vnd.in-toto+json " + payload.length + " " + statement).getBytes(UTF_8);
        try {
            var signature = new ECDSASigner(key).sign(new JWSHeader(JWSAlgorithm.ES256), encoded);
            return envelope(statement, keyId, ECDSA.transcodeSignatureToDER(signature.decode()));
        } catch (JOSEException ours) {
            throw new AssertionError(ours);
        }
    }

    public static String envelope(String statement, String keyId, byte[] signature) {
        var base64 = Base64.getEncoder();
        return "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\""
                + base64.encodeToString(statement.getBytes(UTF_8)) + "\",\"signatures\":[{\"keyid\":\"" + keyId
                + "\",\"sig\":\"" + base64.encodeToString(signature) + "\"}]}";
    }

    private static String file(String name) {
        try {
            return Files.readString(Samples.ROOT.resolve("contract/receipt/" + name));
        } catch (IOException absent) {
            throw new UncheckedIOException(absent);
        }
    }
}

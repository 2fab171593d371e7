// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import io.taskbound.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.Map;
import java.util.Optional;

/**
 * A signing key in this process: for the local server, the demo and tests. The Lambda function signs with
 * {@link KmsSigner}, whose key nobody can read.
 */
public final class LocalSigner implements TaskSigner {
    private static final JWSHeader HEADER = new JWSHeader(JWSAlgorithm.ES256);
    private final String keyId;
    private final ECDSASigner signer;
    private final JsonObject publicKeys;

    private LocalSigner(ECKey key) throws JOSEException {
        this.keyId = PublicKeySet.keyId(key);
        this.signer = new ECDSASigner(key);
        // One source of randomness: left to itself the library opens another for each signature.
        this.signer.getJCAContext().setSecureRandom(new SecureRandom());
        this.publicKeys = PublicKeySet.of(key);
    }

    /** A new key that ends with the process. */
    public static LocalSigner generate() {
        return of(newKey()).served();
    }

    /**
     * By the provider that was named. Not for a sealed key: a function opens one after it was restored from a snapshot,
     * and that provider's random numbers may be those of another copy.
     */
    private LocalSigner served() {
        Es256Provider.serve(signer.getJCAContext());
        return this;
    }

    /** @throws IllegalArgumentException when it is not a private P-256 key */
    static LocalSigner of(ECKey key) {
        if (!key.isPrivate() || !Curve.P_256.equals(key.getCurve())) {
            throw new IllegalArgumentException("not a private P-256 key");
        }
        try {
            return new LocalSigner(key);
        } catch (JOSEException everyJavaHasP256) {
            throw new IllegalStateException(everyJavaHasP256);
        }
    }

    /**
     * The key in this file, made on first use and readable only by its owner.
     *
     * @throws IOException when the file cannot be read or written, or holds no private P-256 key; its content is in no
     *     message
     */
    public static LocalSigner loadOrCreate(Path file) throws IOException {
        var text = OwnersFile.readOrCreate(file, () -> newKey().toJSONString());
        try {
            // The parser takes the text null for a key that is not there.
            return of(Optional.ofNullable(JSONObjectUtils.parse(text)).orElseThrow(IllegalArgumentException::new))
                    .served();
        } catch (ParseException | IllegalArgumentException notAKey) {
            // The cause is left out on purpose: parsers quote what they read.
            throw new IOException(file + " holds no private P-256 key; move it away to start with a new one");
        }
    }

    private static LocalSigner of(Map<String, Object> jwk) throws ParseException {
        return of(ECKey.parse(jwk));
    }

    static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyIDFromThumbprint(true).generate();
        } catch (JOSEException everyJavaHasP256) {
            throw new IllegalStateException(everyJavaHasP256);
        }
    }

    @Override
    public String keyId() {
        return keyId;
    }

    @Override
    public byte[] sign(byte[] signingInput) throws SignerUnavailable {
        try {
            return signer.sign(HEADER, signingInput).decode();
        } catch (JOSEException failed) {
            throw new SignerUnavailable("the local key did not sign", failed);
        }
    }

    @Override
    public JsonObject publicKeys() {
        return publicKeys;
    }

    @Override
    public String toString() {
        return "LocalSigner[" + keyId + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.factories.DefaultJWSSignerFactory;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.nio.ByteBuffer;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A stand-in system's private key, and how that system publishes the public half. */
final class SigningKey {
    private final JWK jwk;
    private final JWSAlgorithm algorithm;
    private final JWSSigner signer;

    private SigningKey(JWK jwk) throws JOSEException {
        this.jwk = jwk;
        this.algorithm = JWSAlgorithm.parse(jwk.getAlgorithm().getName());
        this.signer = new DefaultJWSSignerFactory().createJWSSigner(jwk, algorithm);
    }

    static SigningKey generate(String kid, String algorithm) {
        try {
            var alg = JWSAlgorithm.parse(algorithm);
            return new SigningKey(
                    JWSAlgorithm.Family.EC.contains(alg)
                            ? new ECKeyGenerator(Curve.forJWSAlgorithm(alg)
                                            .iterator()
                                            .next())
                                    .keyID(kid)
                                    .keyUse(KeyUse.SIGNATURE)
                                    .algorithm(alg)
                                    .generate()
                            : new RSAKey.Builder(SpareKeys.take())
                                    .keyID(kid)
                                    .algorithm(alg)
                                    .build());
        } catch (JOSEException cannotGenerate) {
            throw new IllegalArgumentException("algorithm " + algorithm, cannotGenerate);
        }
    }

    static SigningKey parse(String privateJwk) {
        try {
            return new SigningKey(JWK.parse(privateJwk));
        } catch (ParseException | JOSEException notAKey) {
            throw new IllegalArgumentException("not a stand-in key", notAKey);
        }
    }

    /** Nobody uses it any more. */
    void retire() {
        if (jwk instanceof RSAKey rsa) {
            SpareKeys.giveBack(rsa);
        }
    }

    String privateJwk() {
        return jwk.toJSONString();
    }

    String kid() {
        return jwk.getKeyID();
    }

    String algorithm() {
        return algorithm.getName();
    }

    /** The public key as this system writes it; Jenkins' modulus carries the sign byte of Java's numbers. */
    String publicJwk(Dialect dialect) {
        var members = new LinkedHashMap<>(jwk.toPublicJWK().toJSONObject());
        if (dialect == Dialect.JENKINS && jwk instanceof RSAKey rsa) {
            members.put("n", signed(rsa.getModulus()));
        }
        return JSONObjectUtils.toJSONString(members);
    }

    /** The top bit of a modulus is set, so that Java's signed form begins with an byte of zeros. */
    private static String signed(Base64URL modulus) {
        var octets = modulus.decode();
        return Base64URL.encode(ByteBuffer.allocate(octets.length + 1)
                        .put((byte) 0)
                        .put(octets)
                        .array())
                .toString();
    }

    /** Signs what it is given, whatever the header says. */
    String sign(String header, byte[] payload) {
        var signingInput = Base64URL.encode(header) + "." + Base64URL.encode(payload);
        try {
            var octets = signingInput.getBytes(US_ASCII);
            return signingInput + "." + signer.sign(new JWSHeader(algorithm), octets);
        } catch (JOSEException broken) {
            throw new IllegalStateException(broken);
        }
    }

    String header() {
        return JSONObjectUtils.toJSONString(
                new LinkedHashMap<>(Map.of("alg", algorithm(), "kid", kid(), "typ", "JWT")));
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid() + "]";
    }
}

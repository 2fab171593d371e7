// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import io.taskbound.digest.Base64Url;
import io.taskbound.digest.Sha256;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Signatures that are nearly right (threat model R4). They are made with the provider's own private key, so that
 * nothing but the one fault of each can be what refuses it.
 */
class ForgedSignaturesTest {
    private static final HexFormat HEX = HexFormat.of();
    private static final int OCTETS = 256;

    /** RFC 8017 section 9.2, note 1. */
    private static final String SHA256 = "3031300d060960864801650304020105000420";

    private static final String PAYLOAD = Base64Url.encode(("{\"iss\":\"https://ci.acme.example\",\"aud\":\""
                    + Scene.AUDIENCE + "\",\"sub\":\"svc\",\"iat\":1795435200,\"exp\":1795435500}")
            .getBytes(StandardCharsets.UTF_8));

    private static final KeyPair RSA = pair("RSA", 2048);
    private static final KeyPair EC = pair("EC", 256);

    private static KeyPair pair(String kind, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            if (kind.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(bits);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException everyJavaHasThem) {
            throw new IllegalStateException(everyJavaHasThem);
        }
    }

    @Test
    void acceptsWhatTheseTestsBuildWithoutAFault() throws Exception {
        assertThat(rs256(padded("0001", OCTETS, "00" + SHA256 + digest()))).isTrue();
        assertThat(ps256("SHA-256", "SHA-256", 32)).isTrue();
        assertThat(es256("SHA256withECDSAinP1363Format", signingInput("ES256"))).isTrue();
    }

    /** PKCS #1 v1.5 (RFC 8017 section 8.2.2): the whole block must be as we would have written it. */
    @ParameterizedTest
    @CsvSource({
        // Bleichenbacher 2006: few bytes of padding, and after the hash whatever makes a root of it
        "0001, 11, 00_SHA256_HASH, garbage after the hash",
        "0001, 255, 00_SHA256_HASH00, one octet after the hash",
        "0002, 256, 00_SHA256_HASH, the block type of encryption",
        "0101, 256, 00_SHA256_HASH, no zero at first",
        "0000, 256, 00_SHA256_HASH, block type 0",
        "0001, 256, _SHA256_HASH, no zero behind the padding",
        "0001, 256, 00_HASH, no name of the hash",
        "0001, 256, 003021300906052b0e03021a05000414_HASH20, SHA-1 named",
        "0001, 256, 003041300d060960864801650304020205000430_HASH, SHA-384 named",
        "0001, 256, 003031300d060960864801650304020105000420_OTHER, another hash",
        "0001, 256, 00308131300d060960864801650304020105000420_HASH, a long form of the length",
        "0001, 256, 003033300f06096086480165030402010502beef0420_HASH, parameters that hide two octets",
        "0001, 256, 003032300d0609608648016503040201050004200000_HASH30, a shortened hash",
    })
    void refusesARsaBlockThatIsNotWholly(String type, int end, String rest, String fault) throws Exception {
        assertThat(rs256(padded(type, end, filled(rest)))).as(fault).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "n-1", "n", "s+n"})
    void refusesARsaNumberThatIsNoSignature(String number) throws Exception {
        var modulus = ((RSAPublicKey) RSA.getPublic()).getModulus();
        var good = power(padded("0001", OCTETS, "00" + SHA256 + digest()));
        var forged =
                switch (number) {
                    case "0" -> BigInteger.ZERO;
                    case "1" -> BigInteger.ONE;
                    case "n-1" -> modulus.subtract(BigInteger.ONE);
                    case "n" -> modulus;
                    default -> good.add(modulus);
                };
        assertThat(verified("RS256", fixed(forged, (forged.bitLength() + 7) / 8)))
                .isFalse();
        assertThat(verified("RS256", fixed(forged, OCTETS))).isFalse();
    }

    /** RFC 7518 section 3.5: one hash for all, and a salt as long as it. */
    @ParameterizedTest
    @CsvSource({
        "SHA-256, SHA-256, 0",
        "SHA-256, SHA-256, 20",
        "SHA-256, SHA-256, 31",
        "SHA-256, SHA-256, 33",
        "SHA-256, SHA-256, 64",
        "SHA-256, SHA-1, 32",
        "SHA-256, SHA-512, 32",
        "SHA-384, SHA-384, 48",
        "SHA-384, SHA-256, 32",
        "SHA-1, SHA-1, 20"
    })
    void refusesPssWithOtherParameters(String hash, String mask, int salt) throws Exception {
        assertThat(ps256(hash, mask, salt)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SHA1withECDSAinP1363Format",
                "SHA384withECDSAinP1363Format",
                "SHA512withECDSAinP1363Format",
                "SHA256withECDSA"
            })
    void refusesEcdsaOverAnotherHashOrInAnotherForm(String algorithm) throws Exception {
        assertThat(es256(algorithm, signingInput("ES256"))).isFalse();
    }

    @Test
    void refusesEcdsaWithItsTwoNumbersExchanged() throws Exception {
        var good = signed("SHA256withECDSAinP1363Format", EC.getPrivate(), signingInput("ES256"));
        var exchanged = Arrays.copyOf(Arrays.copyOfRange(good, 32, 64), 64);
        System.arraycopy(good, 0, exchanged, 32, 32);
        assertThat(verified("ES256", exchanged)).isFalse();
    }

    @Test
    void refusesASignatureOverThePayloadAlone() throws Exception {
        assertThat(es256("SHA256withECDSAinP1363Format", PAYLOAD.getBytes(US_ASCII)))
                .isFalse();
    }

    private static byte[] signingInput(String algorithm) {
        var header = "{\"alg\":\"" + algorithm + "\",\"kid\":\"k\"}";
        return (Base64Url.encode(header.getBytes(StandardCharsets.UTF_8)) + "." + PAYLOAD).getBytes(US_ASCII);
    }

    private static String digest() {
        return HEX.formatHex(Sha256.of(signingInput("RS256")));
    }

    private static String filled(String template) {
        return template.replace("_SHA256", SHA256)
                .replace("_HASH20", digest().substring(0, 40))
                .replace("_HASH30", digest().substring(0, 60))
                .replace("_HASH", digest())
                .replace("_OTHER", "00".repeat(32));
    }

    /** The block type, as much padding as brings {@code rest} to {@code end}, then zeros up to the modulus' length. */
    private static byte[] padded(String type, int end, String rest) {
        int padding = Math.max(8, end - type.length() / 2 - rest.length() / 2);
        var block = type + "ff".repeat(padding) + rest;
        return HEX.parseHex(block + "00".repeat(OCTETS - block.length() / 2));
    }

    private static BigInteger power(byte[] block) {
        var key = (RSAPrivateKey) RSA.getPrivate();
        return new BigInteger(1, block).modPow(key.getPrivateExponent(), key.getModulus());
    }

    private static boolean rs256(byte[] block) {
        return verified("RS256", fixed(power(block), OCTETS));
    }

    private static byte[] fixed(BigInteger number, int octets) {
        var text = number.toString(16);
        int length = Math.max(2 * octets, text.length() + text.length() % 2);
        return HEX.parseHex("0".repeat(length - text.length()) + text);
    }

    private static boolean ps256(String hash, String mask, int salt) throws GeneralSecurityException {
        var signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(new PSSParameterSpec(hash, "MGF1", new MGF1ParameterSpec(mask), salt, 1));
        signature.initSign(RSA.getPrivate());
        signature.update(signingInput("PS256"));
        return verified("PS256", signature.sign());
    }

    private static boolean es256(String algorithm, byte[] what) throws GeneralSecurityException {
        return verified("ES256", signed(algorithm, EC.getPrivate(), what));
    }

    private static byte[] signed(String algorithm, PrivateKey key, byte[] what) throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm);
        signature.initSign(key);
        signature.update(what);
        return signature.sign();
    }

    private static boolean verified(String algorithm, byte[] signature) {
        JWK key = algorithm.equals("ES256")
                ? new ECKey.Builder(Curve.P_256, (ECPublicKey) EC.getPublic())
                        .keyID("k")
                        .build()
                : new RSAKey.Builder((RSAPublicKey) RSA.getPublic()).keyID("k").build();
        var keys = new KeySource.Pinned(Proven.json("{\"keys\":[" + key.toJSONString() + "]}"));
        var provider = Scene.provider("generic", "https://ci.acme.example", keys, algorithm);
        var token = new String(signingInput(algorithm), US_ASCII) + "." + Base64Url.encode(signature);
        var verification = new IdentityVerifier(List.of(provider), uri -> new byte[0])
                .verify(IdToken.of(token), new Purpose.Exchange(Optional.empty()), Scene.NOW);
        return verification instanceof Verification.Verified;
    }
}

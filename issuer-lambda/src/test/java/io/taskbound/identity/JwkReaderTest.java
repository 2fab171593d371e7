// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.json.JsonObject;
import io.taskbound.local.Dialect;
import java.math.BigInteger;
import java.util.Base64;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which published keys may verify (threat model R2, R3). */
class JwkReaderTest {

    private static boolean usable(String jwk) {
        return JwkReader.read(Proven.json(jwk)).isPresent();
    }

    /** A number with exactly that many bits; odd. No key of anybody's, which reading can't tell. */
    private static String rsa(int bits, String e, String more) {
        var n = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(12345));
        return "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"" + Base64URL.encode(n) + "\",\"e\":\"" + e + "\"" + more + "}";
    }

    private static String rsa(String more) {
        return rsa(2048, "AQAB", more);
    }

    @ParameterizedTest
    @CsvSource({"1024, false", "2047, false", "2048, true", "3072, true", "4096, true", "4097, false", "16384, false"})
    void takesRsaKeysOf2048To4096Bits(int bits, boolean good) {
        assertThat(usable(rsa(bits, "AQAB", ""))).isEqualTo(good);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "AQ", "Ag", "Aw", "AQAA", "AQAD", "", "AQAB=", "AQAC"})
    void takesNoRsaExponentBut65537(String e) {
        assertThat(usable(rsa(2048, e, ""))).isFalse();
    }

    @Test
    void takesAnExponentWithALeadingZero() {
        assertThat(usable(rsa(2048, "AAEAAQ", ""))).isTrue();
    }

    @Test
    void takesNoEvenModulus() {
        var even = Base64URL.encode(BigInteger.ONE.shiftLeft(2047));
        assertThat(usable("{\"kty\":\"RSA\",\"n\":\"" + even + "\",\"e\":\"AQAB\"}"))
                .isFalse();
    }

    /** Keys of that weakness, made here: primes k * M + 65537^a mod M (CVE-2017-15361). */
    @ParameterizedTest
    @ValueSource(ints = {2048, 3072, 4096})
    void takesNoRsaKeyOfTheFormThatRocaBreaks(int bits) {
        var weak = rocaPrime(bits / 2, 1).multiply(rocaPrime(bits / 2, 2));

        assertThat(weak.bitLength()).isEqualTo(bits);
        assertThat(RocaFingerprint.isOn(weak)).isTrue();
        assertThat(usable(rsaOf(weak))).isFalse();
        assertThat(KeySource.Pinned.flaw(Proven.json("{\"keys\":[" + rsaOf(weak) + "]}"))
                        .orElseThrow())
                .contains("CVE-2017-15361");
    }

    /** One such prime among two makes another modulus. */
    @Test
    void takesRsaKeysThatOnlyResembleThem() {
        for (int i = 0; i < 3; i++) {
            var honest = BigInteger.probablePrime(1024, new Random(i));

            assertThat(RocaFingerprint.isOn(rocaPrime(1024, i).multiply(honest)))
                    .isFalse();
        }
        try (var honest = Scene.signer(Dialect.GITHUB, "RS256")) {
            var keys = Proven.json(honest.jwks()).array("keys").orElseThrow();

            assertThat(PublishedKeys.read(keys).isEmpty()).isFalse();
        }
    }

    private static BigInteger rocaPrime(int bits, long seed) {
        var random = new Random(seed);
        var product = IntStream.rangeClosed(2, 167)
                .mapToObj(BigInteger::valueOf)
                .filter(number -> number.isProbablePrime(30))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        while (true) {
            var power = BigInteger.valueOf(65537).modPow(new BigInteger(128, random), product);
            var factor = new BigInteger(bits - product.bitLength() + 1, random);
            var candidate = factor.multiply(product).add(power);
            if (candidate.bitLength() == bits && candidate.testBit(bits - 2) && candidate.isProbablePrime(30)) {
                return candidate;
            }
        }
    }

    private static String rsaOf(BigInteger modulus) {
        return "{\"kty\":\"RSA\",\"kid\":\"k\",\"n\":\"" + Base64URL.encode(modulus) + "\",\"e\":\"AQAB\"}";
    }

    /** Jenkins writes Java's signed form. */
    @Test
    void takesAModulusWithALeadingZeroOctet() {
        try (var jenkins = Scene.signer(Dialect.JENKINS, "RS256")) {
            var keys = Proven.json(jenkins.jwks()).array("keys").orElseThrow();
            var modulus = ((JsonObject) keys.items().get(0)).string("n").orElseThrow();

            assertThat(Base64.getUrlDecoder().decode(modulus)).hasSize(257).startsWith(0);
            assertThat(PublishedKeys.read(keys).isEmpty()).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"d\":\"AQAB\"",
                ",\"p\":\"AQAB\"",
                ",\"k\":\"AQAB\"",
                ",\"use\":\"enc\"",
                ",\"use\":5",
                ",\"key_ops\":[\"sign\"]",
                ",\"key_ops\":[]",
                ",\"key_ops\":\"verify\"",
                ",\"alg\":5"
            })
    void takesNoKeyThatIsPrivateOrForAnotherPurpose(String more) {
        assertThat(usable(rsa(more))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",\"use\":\"sig\"",
                ",\"key_ops\":[\"verify\"]",
                ",\"x5c\":[\"ignored\"]",
                ",\"alg\":\"RS256\""
            })
    void takesAKeyForVerifying(String more) {
        assertThat(usable(rsa(more))).isTrue();
    }

    @Test
    void holdsAKeyToTheAlgorithmThatItDeclares() {
        var key = JwkReader.read(Proven.json(rsa(",\"alg\":\"RS256\""))).orElseThrow();

        assertThat(key.fits(SignatureAlgorithm.RS256)).isTrue();
        assertThat(key.fits(SignatureAlgorithm.RS512)).isFalse();
        assertThat(key.fits(SignatureAlgorithm.PS256)).isFalse();
        assertThat(key.fits(SignatureAlgorithm.ES256)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"kty\":\"oct\",\"k\":\"AAAA\"}",
                "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo\"}",
                "{\"kty\":\"rsa\",\"n\":\"AQAB\",\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\",\"n\":5,\"e\":\"AQAB\"}",
                "{\"kty\":\"RSA\"}",
                "{\"kty\":\"EC\",\"crv\":\"P-256\"}",
                "{\"kty\":\"EC\",\"crv\":\"secp256k1\",\"x\":\"AA\",\"y\":\"AA\"}"
            })
    void takesNoOtherKinds(String jwk) {
        assertThat(usable(jwk)).isFalse();
    }

    @Test
    void takesPointsOnTheirCurveOnly() throws Exception {
        var key = new ECKeyGenerator(Curve.P_256).generate().toPublicJWK();
        var good = ec("P-256", key.getX().toString(), key.getY().toString());
        var swapped = ec("P-256", key.getY().toString(), key.getX().toString());
        var origin = ec(
                "P-256",
                Base64URL.encode(new byte[32]).toString(),
                Base64URL.encode(new byte[32]).toString());
        var long33 = ec(
                "P-256",
                Base64URL.encode(prefixed(key.getX().decode())).toString(),
                key.getY().toString());
        var otherCurve = ec("P-384", key.getX().toString(), key.getY().toString());

        assertThat(usable(good)).isTrue();
        assertThat(usable(swapped)).isFalse();
        assertThat(usable(origin)).isFalse();
        assertThat(usable(long33)).isFalse();
        assertThat(usable(otherCurve)).isFalse();
    }

    private static byte[] prefixed(byte[] octets) {
        var longer = new byte[octets.length + 1];
        System.arraycopy(octets, 0, longer, 1, octets.length);
        return longer;
    }

    private static String ec(String curve, String x, String y) {
        return "{\"kty\":\"EC\",\"crv\":\"" + curve + "\",\"x\":\"" + x + "\",\"y\":\"" + y + "\"}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"keys\":[]}", "{\"keys\":5}", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AAAA\"}]}"})
    void pinsNoKeySetWithoutAUsableKey(String jwks) {
        assertThat(KeySource.Pinned.flaw(Proven.json(jwks))).isPresent();
        assertThatThrownBy(() -> new KeySource.Pinned(Proven.json(jwks))).isInstanceOf(IllegalArgumentException.class);
    }
}

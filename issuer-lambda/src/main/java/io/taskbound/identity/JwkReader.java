// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.digest.Base64Url;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.Optional;
import java.util.Set;

/**
 * Reads one JWK (RFC 7517 section 4) as a key that may verify, or finds it unusable: private or symmetric, for another
 * purpose, too weak, known to be weak (ROCA) or too large, not on its curve (threat model R2, R3). Unusable keys are
 * skipped, because a provider also publishes keys for other readers.
 */
final class JwkReader {
    private static final Set<String> SECRET_MEMBERS = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final int MIN_RSA_BITS = 2048;
    private static final int MAX_RSA_BITS = 4096;
    private static final BigInteger RSA_EXPONENT = BigInteger.valueOf(65537);

    private JwkReader() {}

    static Optional<VerificationKey> read(JsonObject jwk) {
        if (jwk.members().keySet().stream().anyMatch(SECRET_MEMBERS::contains) || !isForVerifying(jwk)) {
            return Optional.empty();
        }
        return switch (jwk.string("kty").orElse("none")) {
            case "RSA" -> rsa(jwk);
            case "EC" -> ec(jwk);
            default -> Optional.empty();
        };
    }

    private static boolean isForVerifying(JsonObject jwk) {
        boolean use = !jwk.has("use") || jwk.string("use").equals(Optional.of("sig"));
        boolean operations = !jwk.has("key_ops")
                || jwk.array("key_ops").stream().anyMatch(ops -> ops.items().contains(new JsonString("verify")));
        boolean readable = isStringOrAbsent(jwk, "alg") && isStringOrAbsent(jwk, "kid");
        return use && operations && readable;
    }

    private static boolean isStringOrAbsent(JsonObject jwk, String name) {
        return !jwk.has(name) || jwk.string(name).isPresent();
    }

    /**
     * Leading zero octets of the modulus are let pass: Jenkins writes Java's signed form (RFC 7518 section 6.3.1.1).
     */
    private static Optional<VerificationKey> rsa(JsonObject jwk) {
        var modulus = number(jwk, "n").filter(n -> n.bitLength() >= MIN_RSA_BITS && n.bitLength() <= MAX_RSA_BITS);
        var exponent = number(jwk, "e").filter(RSA_EXPONENT::equals);
        if (modulus.isEmpty()
                || exponent.isEmpty()
                || !modulus.get().testBit(0)
                || RocaFingerprint.isOn(modulus.get())) {
            return Optional.empty();
        }
        try {
            var spec = new RSAPublicKeySpec(modulus.get(), exponent.get());
            var key = (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(spec);
            var form = new SignatureForm.Rsa((modulus.get().bitLength() + 7) / 8);
            return Optional.of(
                    new VerificationKey(jwk.string("kid"), jwk.string("alg"), form, new RSASSAVerifier(key)));
        } catch (GeneralSecurityException refusedByTheJdk) {
            return Optional.empty();
        }
    }

    private static Optional<VerificationKey> ec(JsonObject jwk) {
        return switch (jwk.string("crv").orElse("none")) {
            case "P-256" -> ec(jwk, Curve.P_256);
            case "P-384" -> ec(jwk, Curve.P_384);
            case "P-521" -> ec(jwk, Curve.P_521);
            default -> Optional.empty();
        };
    }

    private static Optional<VerificationKey> ec(JsonObject jwk, Curve curve) {
        var x = coordinate(jwk, "x", curve);
        var y = coordinate(jwk, "y", curve);
        if (x.isEmpty() || y.isEmpty()) {
            return Optional.empty();
        }
        try {
            // The builder refuses a point that is not on the curve.
            var key = new ECKey.Builder(curve, x.get(), y.get()).build();
            var form = new SignatureForm.Ecdsa(curve);
            return Optional.of(new VerificationKey(jwk.string("kid"), jwk.string("alg"), form, new ECDSAVerifier(key)));
        } catch (IllegalArgumentException | IllegalStateException | JOSEException notOnTheCurve) {
            return Optional.empty();
        }
    }

    /** A coordinate has exactly the octets of the field (RFC 7518 section 6.2.1.2). */
    private static Optional<Base64URL> coordinate(JsonObject jwk, String name, Curve curve) {
        int octets = SignatureForm.Ecdsa.fieldOctets(curve.toECParameterSpec());
        return jwk.string(name)
                .filter(text -> Base64Url.decode(text)
                        .filter(read -> read.length == octets)
                        .isPresent())
                .map(Base64URL::new);
    }

    private static Optional<BigInteger> number(JsonObject jwk, String name) {
        return jwk.string(name).flatMap(Base64Url::decode).map(octets -> new BigInteger(1, octets));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The signature algorithms that a provider may be trusted with (RFC 7518 section 3.1). {@code none}, HMAC, SHA-1 and
 * what nobody here has named can't be configured at all (threat model R1).
 */
enum SignatureAlgorithm {
    RS256("RS256"),
    RS384("RS384"),
    RS512("RS512"),
    PS256("PS256"),
    PS384("PS384"),
    PS512("PS512"),
    ES256("ES256"),
    ES384("ES384"),
    ES512("ES512");

    private final String wire;

    SignatureAlgorithm(String wire) {
        this.wire = wire;
    }

    /** The value of {@code alg}. */
    String wire() {
        return wire;
    }

    static Optional<SignatureAlgorithm> named(String name) {
        for (var algorithm : values()) {
            if (algorithm.wire.equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    static SortedSet<String> names() {
        var names = new TreeSet<String>();
        for (var algorithm : values()) {
            names.add(algorithm.wire);
        }
        return names;
    }

    boolean isRsa() {
        return curve().isEmpty();
    }

    /** The curve that this algorithm is bound to (RFC 7518 section 3.4); none for RSA. */
    Optional<Curve> curve() {
        return switch (this) {
            case ES256 -> Optional.of(Curve.P_256);
            case ES384 -> Optional.of(Curve.P_384);
            case ES512 -> Optional.of(Curve.P_521);
            case RS256, RS384, RS512, PS256, PS384, PS512 -> Optional.empty();
        };
    }

    JWSAlgorithm jose() {
        return JWSAlgorithm.parse(wire);
    }
}

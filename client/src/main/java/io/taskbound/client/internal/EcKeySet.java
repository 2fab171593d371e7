// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.internal;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Reads a JWK Set (RFC 7517 section 5): P-256 keys for signatures with a kid, the rest passed over. */
public final class EcKeySet {
    private EcKeySet() {}

    /** The usable keys by kid; empty when there is none, or the text is not a key set. */
    public static Map<String, ECKey> read(String text) {
        var keys = new HashMap<String, ECKey>();
        parse(text)
                .ifPresent(set -> set.getKeys().stream()
                        .filter(EcKeySet::isUsable)
                        .forEach(key -> keys.put(key.getKeyID(), key.toECKey())));
        return keys;
    }

    private static Optional<JWKSet> parse(String text) {
        // The library falls over a set or a key that is null.
        if (JsonObject.parse(text).flatMap(set -> set.objects("keys")).isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(JWKSet.parse(text));
        } catch (ParseException notAKeySet) {
            return Optional.empty();
        }
    }

    private static boolean isUsable(JWK key) {
        boolean forEs256 = key.getAlgorithm() == null || JWSAlgorithm.ES256.equals(key.getAlgorithm());
        boolean forSignatures = key.getKeyUse() == null || KeyUse.SIGNATURE.equals(key.getKeyUse());
        return key instanceof ECKey ec
                && Curve.P_256.equals(ec.getCurve())
                && !ec.isPrivate()
                && ec.getKeyID() != null
                && forEs256
                && forSignatures;
    }
}

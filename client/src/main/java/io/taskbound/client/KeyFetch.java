// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import io.taskbound.client.internal.JsonObject;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Reads {@code /.well-known/jwks.json} (RFC 7517 section 5): P-256 keys for signatures with a kid, the rest passed
 * over.
 */
final class KeyFetch implements IssuerKeys.KeySource {
    /** What the issuer sends, and the media type of a key set (RFC 7517 section 8.5), which a gateway may insist on. */
    private static final String ACCEPT = "application/jwk-set+json, application/json";

    /** Two tries: every request of the resource server that needs a key waits for this. */
    private static final Patience PATIENCE = new Patience(
            2, Duration.ofSeconds(20), Duration.ofSeconds(10), Duration.ofMillis(200), Duration.ofMillis(200));

    private final IssuerUrl issuer;
    private final Calls calls;

    KeyFetch(IssuerUrl issuer, Calls calls) {
        this.issuer = issuer;
        this.calls = calls;
    }

    @Override
    public IssuerKeys.Fetched fetch() {
        Reply reply =
                calls.send(issuer.endpoint("/.well-known/jwks.json"), Map.of("Accept", ACCEPT), new byte[0], PATIENCE);
        return reply.match(KeyFetch::keysOf, none -> new IssuerKeys.Fetched.Failed(none.outage()));
    }

    private static IssuerKeys.Fetched keysOf(Reply.Received received) {
        Map<String, ECKey> keys = received.status() == 200 ? keys(received) : Map.of();
        return keys.isEmpty()
                ? new IssuerKeys.Fetched.Failed(received.notAnIssuer("without usable keys"))
                : new IssuerKeys.Fetched.Keys(keys);
    }

    private static Map<String, ECKey> keys(Reply.Received received) {
        var keys = new HashMap<String, ECKey>();
        parse(received)
                .ifPresent(set -> set.getKeys().stream()
                        .filter(KeyFetch::isUsable)
                        .forEach(key -> keys.put(key.getKeyID(), key.toECKey())));
        return keys;
    }

    private static Optional<JWKSet> parse(Reply.Received received) {
        var text = new String(received.answer().body(), StandardCharsets.UTF_8);
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

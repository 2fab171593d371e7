// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.util.List;
import java.util.NoSuchElementException;

/** Writes our public keys as a JWK Set, with their RFC 7638 thumbprints as key ids. */
public final class PublicKeySet {
    private PublicKeySet() {}

    /** Its thumbprint. */
    static String keyId(ECKey key) {
        return KeyThumbprint.ofP256(key.getX().toString(), key.getY().toString())
                .value();
    }

    static JsonObject of(ECKey key) {
        var jwk = JsonObject.builder()
                .put("kty", "EC")
                .put("crv", "P-256")
                .put("x", key.getX().toString())
                .put("y", key.getY().toString())
                .put("kid", keyId(key))
                .put("use", "sig")
                .put("alg", "ES256")
                .build();
        return JsonObject.builder().put("keys", new JsonArray(List.of(jwk))).build();
    }

    /**
     * A key of a set that {@link #of} has written. Nimbus reads one by a JSON library that a cold start would wait for.
     *
     * @throws IllegalArgumentException when it is not a public key on P-256
     */
    static ECKey key(JsonValue key) {
        if (key instanceof JsonObject jwk && is(jwk, "kty", "EC") && is(jwk, "crv", "P-256")) {
            try {
                return new ECKey.Builder(Curve.P_256, text(jwk, "x"), text(jwk, "y"))
                        .keyID(text(jwk, "kid").toString())
                        .build();
            } catch (NoSuchElementException | IllegalStateException incompleteOrNotOnTheCurve) {
                // the same answer as for any other key
            }
        }
        throw new IllegalArgumentException("the set of our own public keys holds another kind of key");
    }

    private static boolean is(JsonObject jwk, String name, String value) {
        return jwk.string(name).filter(value::equals).isPresent();
    }

    private static Base64URL text(JsonObject jwk, String name) {
        return new Base64URL(jwk.string(name).orElseThrow());
    }

    /** One set of all these keys' own. */
    public static JsonObject joined(List<TaskSigner> signers) {
        var keys = signers.stream()
                .flatMap(signer -> signer.publicKeys().array("keys").orElseThrow().items().stream())
                .toList();
        return JsonObject.builder().put("keys", new JsonArray(keys)).build();
    }
}

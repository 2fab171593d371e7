// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.ECKey;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.util.List;

/** Writes our public keys as a JWK Set, with their RFC 7638 thumbprints as key ids. */
public final class PublicKeySet {
    private PublicKeySet() {}

    static String keyId(ECKey key) {
        try {
            return key.computeThumbprint().toString();
        } catch (JOSEException everyJavaHasSha256) {
            throw new IllegalStateException(everyJavaHasSha256);
        }
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

    /** One set of all these keys' own. */
    public static JsonObject joined(List<TaskSigner> signers) {
        var keys = signers.stream()
                .flatMap(signer -> signer.publicKeys().array("keys").orElseThrow().items().stream())
                .toList();
        return JsonObject.builder().put("keys", new JsonArray(keys)).build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.digest.Sha256;
import io.taskbound.identity.KeySource;
import io.taskbound.identity.PrivateCa;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.JsonValue;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Where a provider's keys come from, and which they are where the policy itself pins them: by their thumbprints, which
 * whoever reviews a policy can compare with what the provider says.
 */
final class TrustedKeys {
    private static final Map<String, List<String>> MEMBERS = Map.of(
            "RSA", List.of("e", "kty", "n"), "EC", List.of("crv", "kty", "x", "y"), "OKP", List.of("crv", "kty", "x"));
    private static final Pattern CERTIFICATE =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");

    private TrustedKeys() {}

    /** In words: discovery, a URL or a file; and who must certify the host. */
    static String place(KeySource keys) {
        if (keys instanceof KeySource.JwksUri at) {
            return "jwks_uri " + Shown.text(at.uri().toString()) + certifiedBy(at.ca());
        }
        if (keys instanceof KeySource.Discovery discovery) {
            return "discovery" + certifiedBy(discovery.ca());
        }
        return "jwks_file";
    }

    private static String certifiedBy(Optional<PrivateCa> ca) {
        return ca.map(own -> ", its host certified by ca_file with the SHA-256 " + fingerprints(own.pem()))
                .orElse("");
    }

    private static String fingerprints(String pem) {
        return CERTIFICATE
                .matcher(pem)
                .results()
                .map(block -> Base64.getMimeDecoder().decode(block.group(1)))
                .map(der -> HexFormat.of().formatHex(Sha256.of(der)))
                .collect(Collectors.joining(", "));
    }

    /** The pinned keys by their thumbprints (RFC 7638), each as the set writes it; none where keys are fetched. */
    static Map<String, JsonObject> of(KeySource keys) {
        var byThumbprint = new LinkedHashMap<String, JsonObject>();
        if (keys instanceof KeySource.Pinned pinned) {
            for (var key : pinned.jwks().array("keys").orElse(JsonArray.EMPTY).items()) {
                if (key instanceof JsonObject jwk) {
                    byThumbprint.put(thumbprint(jwk), jwk);
                }
            }
        }
        return byThumbprint;
    }

    /** With the key's type, and its id where it has one. */
    static String words(String thumbprint, JsonObject jwk) {
        return "key " + thumbprint + " ("
                + Shown.text(jwk.string("kty").orElse("")).replace("\"", "")
                + jwk.string("kid").map(kid -> ", kid " + Shown.text(kid)).orElse("") + ")";
    }

    /** A key that lacks a member can verify nothing, and is shown by its whole text. */
    private static String thumbprint(JsonObject jwk) {
        var members = MEMBERS.getOrDefault(jwk.string("kty").orElse(""), List.of());
        var required = new LinkedHashMap<String, JsonValue>();
        members.forEach(name -> jwk.get(name).ifPresent(value -> required.put(name, value)));
        var hashed = members.isEmpty() || required.size() < members.size() ? jwk : new JsonObject(required);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of(JsonText.canonical(hashed)));
    }
}

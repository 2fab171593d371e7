// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import java.net.URI;
import java.util.Optional;

/** Where a provider's public keys come from. */
public sealed interface KeySource {

    /** A JWK set in the policy itself, for a provider that the issuer can't reach. Changing a key means changing it. */
    record Pinned(JsonObject jwks) implements KeySource {
        public Pinned {
            flaw(jwks).ifPresent(flaw -> {
                throw new IllegalArgumentException(flaw);
            });
        }

        /** What is wrong with a key set to be pinned; empty when it holds a usable key. */
        public static Optional<String> flaw(JsonObject jwks) {
            var keys = jwks.array("keys");
            if (keys.isEmpty()) {
                return Optional.of("not a JWK set: it has no array \"keys\"");
            }
            if (keys.get().equals(JsonArray.EMPTY)) {
                return Optional.of("the key set is empty");
            }
            return PublishedKeys.read(keys.get()).isEmpty()
                    ? Optional.of("the key set holds no usable public key: " + KeyTrouble.USABLE)
                    : Optional.empty();
        }
    }

    /** A JWK set at a fixed URL; {@code ca} if the host is certified by a private authority. */
    record JwksUri(URI uri, Optional<PrivateCa> ca) implements KeySource {
        public JwksUri(URI uri) {
            this(uri, Optional.empty());
        }

        public JwksUri {
            flaw(uri.toString()).ifPresent(flaw -> {
                throw new IllegalArgumentException(flaw);
            });
        }

        /** What is wrong with such a URL; empty when it can be used. */
        public static Optional<String> flaw(String uri) {
            return IssuerUrl.flaw(uri, true).map(flaw -> "jwks_uri " + flaw);
        }
    }

    /** Found by OpenID Connect Discovery below the issuer's own URL; {@code ca} as above. */
    record Discovery(Optional<PrivateCa> ca) implements KeySource {
        public Discovery() {
            this(Optional.empty());
        }
    }
}

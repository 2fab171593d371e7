// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/** Fetches one issuer's key set, by a fixed URL or by discovery. Keeps nothing. */
interface KeyLoader {
    PublishedKeys load() throws IOException;

    static KeyLoader at(URI jwksUri, KeyFetcher fetcher) {
        return () -> keys(fetcher, jwksUri);
    }

    /** OpenID Connect Discovery 1.0 section 4: the document must name the very issuer that it was asked about. */
    static KeyLoader discovering(String issuer, KeyFetcher fetcher) {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var uri = URI.create(base + "/.well-known/openid-configuration");
        return () -> {
            var document = object(fetcher, uri);
            if (!document.string("issuer").equals(Optional.of(issuer))) {
                throw new IOException("the discovery document is another issuer's");
            }
            return keys(fetcher, jwksUri(document, uri));
        };
    }

    /** A provider that keeps its keys on another host is configured with {@code jwks_uri}. */
    private static URI jwksUri(JsonObject discovery, URI issuer) throws IOException {
        var text = discovery.string("jwks_uri").orElseThrow(() -> new IOException("discovery names no jwks_uri"));
        if (IssuerUrl.flaw(text, true).isPresent() || !IssuerUrl.sameOrigin(URI.create(text), issuer)) {
            throw new IOException("discovery names a jwks_uri outside the issuer's origin");
        }
        return URI.create(text);
    }

    private static PublishedKeys keys(KeyFetcher fetcher, URI uri) throws IOException {
        return PublishedKeys.read(
                object(fetcher, uri).array("keys").orElseThrow(() -> new IOException("not a JWK set")));
    }

    private static JsonObject object(KeyFetcher fetcher, URI uri) throws IOException {
        try {
            return StrictJson.parseObject(fetcher.get(uri));
        } catch (MalformedJson malformed) {
            throw new IOException("not a JSON object", malformed);
        }
    }
}

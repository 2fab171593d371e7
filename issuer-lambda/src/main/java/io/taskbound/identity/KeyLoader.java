// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.identity.KeyTrouble.Kind;
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
        return () -> keys(fetcher, jwksUri, "the key set " + jwksUri);
    }

    /** OpenID Connect Discovery 1.0 section 4: the document must name the very issuer that it was asked about. */
    static KeyLoader discovering(String issuer, KeyFetcher fetcher) {
        var base = issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer;
        var uri = URI.create(base + "/.well-known/openid-configuration");
        return () -> {
            var document = object(fetcher, uri, "the discovery document " + uri);
            requireOwn(document, issuer);
            return keys(fetcher, jwksUri(document, uri), "the key set that the discovery document names");
        };
    }

    private static void requireOwn(JsonObject discovery, String issuer) throws KeysOutOfReach {
        var named = discovery.string("issuer");
        if (!named.equals(Optional.of(issuer))) {
            var difference = named.flatMap(other -> IssuerDifference.small(issuer, other));
            throw new KeysOutOfReach(
                    Kind.OTHER_ISSUER,
                    "the discovery document names "
                            + difference
                                    .map(small -> "the policy's issuer with a difference: " + small)
                                    .orElse("another issuer than the policy")
                            + "; write issuer in the policy as the document and the ID token's iss have it");
        }
    }

    /** A provider that keeps its keys on another host is configured with {@code jwks_uri}. */
    private static URI jwksUri(JsonObject discovery, URI issuer) throws KeysOutOfReach {
        var text = discovery
                .string("jwks_uri")
                .orElseThrow(() -> new KeysOutOfReach(
                        Kind.NO_JWKS_URI, "the discovery document names no jwks_uri; write jwks_uri in the policy"));
        if (IssuerUrl.flaw(text, true).isPresent() || !IssuerUrl.sameOrigin(URI.create(text), issuer)) {
            throw new KeysOutOfReach(
                    Kind.FOREIGN_JWKS_URI,
                    "the discovery document names a jwks_uri on another host, port or scheme than the issuer's; if"
                            + " that is right, write jwks_uri in the policy");
        }
        return URI.create(text);
    }

    private static PublishedKeys keys(KeyFetcher fetcher, URI uri, String document) throws IOException {
        return PublishedKeys.read(object(fetcher, uri, document)
                .array("keys")
                .orElseThrow(() -> new KeysOutOfReach(
                                Kind.MALFORMED, "the answer is not a JWK set: it has no array \"keys\"")
                        .askedFor(document)));
    }

    private static JsonObject object(KeyFetcher fetcher, URI uri, String document) throws IOException {
        try {
            return StrictJson.parseObject(fetcher.get(uri));
        } catch (MalformedJson malformed) {
            throw new KeysOutOfReach(Kind.MALFORMED, "the answer is not a JSON object", malformed).askedFor(document);
        } catch (KeysOutOfReach failed) {
            throw failed.askedFor(document);
        }
    }
}

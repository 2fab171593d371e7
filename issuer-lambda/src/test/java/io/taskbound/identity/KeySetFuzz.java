// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Fuzz target: what a provider answers for its key set, and, in the second line on, for its discovery document. */
public final class KeySetFuzz {
    private static final String ISSUER = "https://ci.acme.example";

    private KeySetFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        load(KeyLoader.at(URI.create(ISSUER + "/jwks"), uri -> input));
        load(KeyLoader.discovering(ISSUER, uri -> answer(uri, input)));
    }

    /** Only keys below the issuer's own origin are asked for, whatever the document says. */
    private static byte[] answer(URI uri, byte[] document) {
        if (!"https".equalsIgnoreCase(uri.getScheme()) || !"ci.acme.example".equalsIgnoreCase(uri.getHost())) {
            throw new AssertionError("another host would be called");
        }
        return uri.getPath().endsWith("/openid-configuration")
                ? document
                : "{\"keys\":[]}".getBytes(StandardCharsets.UTF_8);
    }

    private static void load(KeyLoader loader) {
        try {
            loader.load();
        } catch (IOException refused) {
            // A provider that answers nonsense is out of reach.
            return;
        }
    }
}

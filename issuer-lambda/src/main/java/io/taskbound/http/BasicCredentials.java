// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.ServerCredentials;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads client_secret_basic (RFC 6749 section 2.3.1: form-encoded id and secret in RFC 7617 Basic). */
final class BasicCredentials {
    private static final int MAX_LENGTH = 1024;
    private static final String SCHEME = "basic ";

    private BasicCredentials() {}

    /** The credentials; empty when there are none or they are malformed, which is answered alike. */
    static Optional<ServerCredentials> of(HttpRequest request) {
        return request.header("authorization")
                .filter(value -> value.length() <= MAX_LENGTH)
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(value -> read(value.substring(SCHEME.length()).strip()));
    }

    private static Optional<ServerCredentials> read(String encoded) {
        try {
            var octets = ByteBuffer.wrap(Base64.getDecoder().decode(encoded));
            var text = StandardCharsets.UTF_8.newDecoder().decode(octets).toString();
            int colon = text.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new ServerCredentials(
                            formDecoded(text.substring(0, colon)), formDecoded(text.substring(colon + 1))));
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static String formDecoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}

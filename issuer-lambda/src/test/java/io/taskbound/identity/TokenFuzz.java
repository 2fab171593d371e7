// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.taskbound.digest.Base64Url;
import io.taskbound.identity.CompactJws.Reading;
import io.taskbound.json.JsonObject;
import java.util.stream.Stream;

/**
 * Fuzz target: the text of an ID token, and the JSON of its header. Nothing throws, and of what is readable every part
 * has the one spelling that it can have.
 */
public final class TokenFuzz {
    private TokenFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(new String(input, ISO_8859_1));
        // A fuzzer does not find base64url by itself.
        read(Base64Url.encode(input) + ".e30.AAAA");
    }

    private static void read(String text) {
        if (CompactJws.read(IdToken.of(text)) instanceof Reading.Readable readable) {
            oneSpelling(text, readable.jws());
        }
    }

    private static void oneSpelling(String text, CompactJws jws) {
        var parts = text.split("\\.", -1);
        for (var part : parts) {
            var octets = Base64Url.decode(part);
            if (octets.isEmpty() || !Base64Url.encode(octets.get()).equals(part)) {
                throw new AssertionError("two spellings of one part");
            }
        }
        if (HeaderRules.rejection(jws.header()).isEmpty() && !isPlain(jws.header())) {
            throw new AssertionError("a header that names a source of keys, or changes what the token means");
        }
    }

    private static boolean isPlain(JsonObject header) {
        return Stream.of("crit", "b64", "zip", "enc", "jwk", "jku", "x5u", "x5c")
                .noneMatch(header::has);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.taskbound.digest.Base64Url;

/**
 * Fuzz target: the text of a proof, the JSON of its header and of its claims, and a URL. Nothing throws, nothing that a
 * fuzzer can make is signed, and the normal form of a URL is its own normal form.
 */
public final class ProofFuzz {
    private static final String HEADER = Base64Url.encode("""
            {"typ":"dpop+jwt","alg":"ES256","jwk":{"kty":"EC","crv":"P-256",\
            "x":"axfR8uEsQkf4vOblY6RA8ncDfYEt6zOg9KE5RdiYwpY",\
            "y":"T-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"}}""".getBytes(ISO_8859_1));

    private static final String SIGNATURE = "A".repeat(86);

    private ProofFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        read(new String(input, ISO_8859_1));
        // A fuzzer does not find base64url by itself.
        read(Base64Url.encode(input) + "." + Base64Url.encode(input) + "." + SIGNATURE);
        read(HEADER + "." + Base64Url.encode(input) + "." + SIGNATURE);
        url(new String(input, ISO_8859_1));
    }

    private static void read(String text) {
        if (ProofReader.read(new ProofText(text)) instanceof Proof) {
            throw new AssertionError("a proof that nobody has signed");
        }
    }

    private static void url(String text) {
        var url = RequestUrl.of(text);
        if (!url.flatMap(normal -> RequestUrl.of(normal.toString())).equals(url)) {
            throw new AssertionError("a normal form that is not its own");
        }
    }
}

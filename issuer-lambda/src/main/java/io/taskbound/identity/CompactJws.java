// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.taskbound.digest.Base64Url;
import io.taskbound.identity.Verification.Rejected;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.util.Optional;
import java.util.function.Function;

/**
 * A token taken apart, once: strict in its form, proven in nothing. Stands before the JOSE library because libraries
 * accept repeated claim names, odd base64url and invalid UTF-8, by which two readers see two tokens (threat model R5 to
 * R7).
 */
final class CompactJws {
    static final int MAX_TOKEN = 16 * 1024;
    static final int MAX_HEADER = 4 * 1024;

    private final JsonObject header;
    private final JsonObject claims;
    private final String signingInput;
    private final String signatureText;
    private final byte[] signature;

    private CompactJws(
            JsonObject header, JsonObject claims, String signingInput, String signatureText, byte[] signature) {
        this.header = header;
        this.claims = claims;
        this.signingInput = signingInput;
        this.signatureText = signatureText;
        this.signature = signature;
    }

    /** Either a token taken apart or what is wrong with its form. */
    sealed interface Reading {
        /** One function for each alternative. */
        <T> T match(Function<Readable, T> readable, Function<Unreadable, T> unreadable);

        record Readable(CompactJws jws) implements Reading {
            @Override
            public <T> T match(Function<Readable, T> readable, Function<Unreadable, T> unreadable) {
                return readable.apply(this);
            }
        }

        record Unreadable(Rejected rejection) implements Reading {
            @Override
            public <T> T match(Function<Readable, T> readable, Function<Unreadable, T> unreadable) {
                return unreadable.apply(this);
            }
        }
    }

    static Reading read(IdToken token) {
        var text = token.text();
        if (text.length() > MAX_TOKEN) {
            return new Reading.Unreadable(Rejected.of(Rejection.TOO_LARGE, "token over 16 KB"));
        }
        int first = text.indexOf('.');
        int second = text.indexOf('.', first + 1);
        // Counted, not split: a token of ten thousand dots must not become ten thousand strings.
        if (first < 0 || second < 0 || text.indexOf('.', second + 1) >= 0) {
            return malformed("not three parts");
        }
        if (first > MAX_HEADER) {
            return new Reading.Unreadable(Rejected.of(Rejection.TOO_LARGE, "header over 4 KB"));
        }
        return read(text, first, second);
    }

    private static Reading read(String text, int first, int second) {
        var header = Base64Url.decode(text.substring(0, first));
        var claims = Base64Url.decode(text.substring(first + 1, second));
        var signatureText = text.substring(second + 1);
        var signature = Base64Url.decode(signatureText);
        if (header.isEmpty() || claims.isEmpty() || signature.isEmpty()) {
            return malformed("not strict base64url");
        }
        try {
            return new Reading.Readable(new CompactJws(
                    StrictJson.parseObject(header.get()),
                    StrictJson.parseObject(claims.get()),
                    text.substring(0, second),
                    signatureText,
                    signature.get()));
        } catch (MalformedJson malformed) {
            return malformed("not strict JSON");
        }
    }

    private static Reading malformed(String detail) {
        return new Reading.Unreadable(Rejected.of(Rejection.MALFORMED, detail));
    }

    JsonObject header() {
        return header;
    }

    /** Written by anybody, until the signature is verified. */
    JsonObject claims() {
        return claims;
    }

    String algorithm() {
        return header.string("alg").orElse("none");
    }

    Optional<String> kid() {
        return header.string("kid");
    }

    /** {@code header.payload}: what is signed (RFC 7515 section 5.2), and what names this proof. */
    byte[] signingInput() {
        return signingInput.getBytes(US_ASCII);
    }

    String signatureText() {
        return signatureText;
    }

    byte[] signature() {
        return signature.clone();
    }

    @Override
    public String toString() {
        return "CompactJws";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.attacks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.function.UnaryOperator;

/** Ways to spoil a real token, so that nothing but the named fault stands between it and acceptance. */
enum TokenFault {
    A_THOUSAND_DOTS(token -> token + ".".repeat(1_000)),
    DOTS_ALONE(token -> ".".repeat(1_000)),
    SIXTY_KILOBYTES(token -> token + "A".repeat(60_000)),
    NO_SIGNATURE(token -> token.substring(0, token.lastIndexOf('.') + 1)),
    ALGORITHM_NONE(token -> withHeader("{\"alg\":\"none\"}", token.substring(0, token.lastIndexOf('.') + 1))),
    ANOTHER_HEADER(token -> withHeader("{\"alg\":\"HS256\",\"jku\":\"https://mallory.example/keys\"}", token)),
    ANOTHER_PAYLOAD(TokenFault::withLaterExpiry),
    A_TOUCHED_SIGNATURE(TokenFault::withTouchedSignature),
    PADDING(token -> token + "=="),
    A_LINE_BREAK(token -> token.replace(".", ".\n")),
    A_BLANK_INSIDE(token -> token.replace(".", ". ")),
    JSON_FORM(token ->
            "{\"protected\":\"%s\",\"payload\":\"%s\",\"signature\":\"%s\"}".formatted((Object[]) token.split("\\."))),
    TEXT(token -> "'; DROP TABLE tokens; --");

    private final UnaryOperator<String> spoiling;

    TokenFault(UnaryOperator<String> spoiling) {
        this.spoiling = spoiling;
    }

    /** Whether it still has the form of a token: three parts with a dot between. */
    boolean isWhole() {
        return spoil("aaaa.bbbb.cccc").matches("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");
    }

    String spoil(String token) {
        return spoiling.apply(token);
    }

    private static String withHeader(String header, String token) {
        return encode(header) + token.substring(token.indexOf('.'));
    }

    private static String withLaterExpiry(String token) {
        var parts = token.split("\\.");
        var claims = new String(Base64.getUrlDecoder().decode(parts[1]), UTF_8);
        return parts[0] + "." + encode(claims.replace("\"exp\":1", "\"exp\":2")) + "." + parts[2];
    }

    /** Its first character: the last one holds bits that the signature does not use. */
    private static String withTouchedSignature(String token) {
        int at = token.lastIndexOf('.') + 1;
        return token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
    }

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}

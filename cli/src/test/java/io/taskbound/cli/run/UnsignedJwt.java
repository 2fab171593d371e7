// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Of the form of a signed JWT, for servers that do not look. */
final class UnsignedJwt {
    private UnsignedJwt() {}

    /** @param claims as JSON */
    static String of(String claims) {
        return base64url("{\"alg\":\"ES256\"}") + "." + base64url(claims) + "." + base64url("nobody signed this");
    }

    static String forAudience(String audience) {
        return of("{\"aud\":\"" + audience + "\"}");
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}

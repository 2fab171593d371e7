// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Of the form of a signed JWT, for servers that do not look. */
public final class UnsignedJwt {
    private UnsignedJwt() {}

    /** @param claims as JSON */
    public static String of(String claims) {
        return base64url("{\"alg\":\"ES256\"}") + "." + base64url(claims) + "." + base64url("nobody signed this");
    }

    public static String forAudience(String audience) {
        return of("{\"aud\":\"" + audience + "\"}");
    }

    private static String base64url(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
    }
}

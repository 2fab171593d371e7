// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.PresentedText;
import java.util.regex.Pattern;

/** Reads the parameter {@code token}. */
final class TaskTokenField {
    private static final String NAME = "token";

    /** RFC 7515 section 7.1: three parts in base64url, the last of which may be empty. */
    private static final Pattern COMPACT_JWS = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]*");

    private TaskTokenField() {}

    /** Any text: whoever asks about a token learns the same of whatever is none. */
    static PresentedText any(Form form) throws RefusedRequest {
        return new PresentedText(form.requiredCredential(NAME));
    }

    /**
     * What has a token's form. Whoever closes, renews or redeems means a token: a text that was cut, quoted or encoded
     * on its way is refused, so that nobody believes that a token is closed which lives.
     */
    static PresentedText whole(Form form) throws RefusedRequest {
        var text = form.requiredCredential(NAME);
        if (!COMPACT_JWS.matcher(text).matches()) {
            throw RefusedRequest.malformed(
                    "token is not a whole token: three parts in base64url with a dot between, and nothing else");
        }
        return new PresentedText(text);
    }
}

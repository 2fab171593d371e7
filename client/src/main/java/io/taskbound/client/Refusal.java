// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import io.taskbound.client.internal.JsonObject;
import io.taskbound.client.internal.Printable;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The issuer's no (RFC 6749 section 5.2). All text is made printable; a description that repeats a secret of the
 * request is dropped.
 *
 * @param code the wire code, such as {@code invalid_authorization_details}; open, since issuers grow
 * @param description the issuer's words, for people
 * @param requestId what the policy owner needs to look up the full reason
 */
public record Refusal(String code, Optional<String> description, Optional<String> requestId) {
    private static final Pattern CODE = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    /** Refuses a code that is not lower-case letters, digits and {@code _} with {@link IllegalArgumentException}. */
    public Refusal {
        if (!CODE.matcher(code).matches()) {
            throw new IllegalArgumentException("code must match " + CODE);
        }
    }

    /** Empty when the body is no OAuth error. */
    static Optional<Refusal> from(JsonObject body, String... secrets) {
        Optional<String> description = body.text("error_description")
                .filter(text -> Stream.of(secrets).noneMatch(text::contains))
                .map(Printable::of);
        return body.text("error")
                .filter(code -> CODE.matcher(code).matches())
                .map(code -> new Refusal(code, description, requestId(body)));
    }

    static Optional<String> requestId(JsonObject body) {
        return body.text("request_id").filter(id -> REQUEST_ID.matcher(id).matches());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.approval;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names what is to be approved: a hash of the exact declaration, so that whatever differs by a byte is another one. No
 * secret: it gives no access.
 *
 * @param run base64url of 16 bytes: the run within its issuer, as in the handles of its tokens
 * @param hash base64url of the declaration's SHA-256
 */
public record ApprovalId(String run, String hash) {
    private static final Pattern FORM = Pattern.compile("([A-Za-z0-9_-]{22})\\.([A-Za-z0-9_-]{43})");

    public ApprovalId {
        if (parts(run + "." + hash).isEmpty()) {
            throw new IllegalArgumentException("an approval id is 22 and 43 characters of base64url");
        }
    }

    /** Reads {@code RUN.HASH}; empty for any other text. */
    public static Optional<ApprovalId> parse(String text) {
        return parts(text).map(match -> new ApprovalId(match.group(1), match.group(2)));
    }

    private static Optional<Matcher> parts(String text) {
        var match = FORM.matcher(text);
        return match.matches() ? Optional.of(match) : Optional.empty();
    }

    @Override
    public String toString() {
        return run + "." + hash;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import java.util.Optional;

/**
 * The one concrete target of a task, such as {@code artifact:acme/shop/app.jar@sha256:9f2c…}; never a pattern. At most
 * {@value #MAX_LENGTH} printable ASCII characters without spaces, {@code %}, {@code \\}, {@code *} or {@code //}, and
 * no segment {@code .} or {@code ..}: nothing that a resource server could read as another target than the issuer did.
 */
public record Identifier(String value) {
    public static final int MAX_LENGTH = 512;

    public Identifier {
        if (!isValid(value)) {
            throw new IllegalArgumentException("not an identifier of one concrete target");
        }
    }

    /** The identifier, or empty when the text is not one. */
    public static Optional<Identifier> of(String text) {
        return isValid(text) ? Optional.of(new Identifier(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && text.chars().allMatch(Identifier::isAllowed)
                && !text.contains("//")
                && !hasDotSegment(text);
    }

    private static boolean isAllowed(int c) {
        return c > ' ' && c < 0x7f && c != '%' && c != '\\' && c != '*';
    }

    /** A colon separates like a slash does: {@code bucket:..} climbs as well as {@code bucket/..}. */
    private static boolean hasDotSegment(String text) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || text.charAt(i) == '/' || text.charAt(i) == ':') {
                if (isDots(text, start, i)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isDots(String text, int start, int end) {
        int length = end - start;
        return length >= 1 && length <= 2 && text.charAt(start) == '.' && text.charAt(end - 1) == '.';
    }

    @Override
    public String toString() {
        return value;
    }
}

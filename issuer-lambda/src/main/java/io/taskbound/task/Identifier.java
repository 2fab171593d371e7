// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import java.util.Locale;
import java.util.Optional;

/**
 * The one concrete target of a task, such as {@code artifact:acme/shop/app.jar@sha256:9f2c…}; never a pattern. It is
 * {@value #RULE}: nothing that a resource server, a shell, a page or a path could read as another target than the
 * issuer did.
 */
public record Identifier(String value) {
    public static final int MAX_LENGTH = 512;

    /** What an identifier is, for people. */
    public static final String RULE =
            "1 to 512 letters, digits and ._~@+=,/:- without // and without a part that is only dots";

    private static final String SIGNS = "._~@+=,/:-";
    /** Whatever a server may take for the end of a part, so that none climbs: neither /..@x nor /..= is let in. */
    private static final String ENDS_OF_PARTS = "/:@+=,";

    public Identifier {
        fault(value).ifPresent(fault -> {
            throw new IllegalArgumentException("not an identifier of one concrete target");
        });
    }

    /** The identifier, or empty when the text is not one. */
    public static Optional<Identifier> of(String text) {
        return fault(text).isPresent() ? Optional.empty() : Optional.of(new Identifier(text));
    }

    /**
     * What is wrong with the text, as the end of a sentence about it; it names a character and never repeats the text.
     */
    public static Optional<String> fault(String text) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        if (text.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters");
        }
        return foreignSign(text).or(() -> formFault(text));
    }

    /** The first character that no identifier has. */
    static Optional<String> foreignSign(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return Optional.of("has the character " + shown(text.codePointAt(i)));
            }
        }
        return Optional.empty();
    }

    private static Optional<String> formFault(String text) {
        if (text.contains("//")) {
            return Optional.of("has //");
        }
        return hasPartOfDots(text) ? Optional.of("has a part that is only dots") : Optional.empty();
    }

    private static boolean hasPartOfDots(String text) {
        int start = 0;
        boolean onlyDots = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (ENDS_OF_PARTS.indexOf(c) < 0) {
                onlyDots &= c == '.';
            } else if (onlyDots && i > start) {
                return true;
            } else {
                start = i + 1;
                onlyDots = true;
            }
        }
        return onlyDots && text.length() > start;
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || SIGNS.indexOf(c) >= 0;
    }

    private static String shown(int c) {
        return c > ' ' && c < 0x7f ? "'" + (char) c + "'" : String.format(Locale.ROOT, "U+%04X", c);
    }

    @Override
    public String toString() {
        return value;
    }
}

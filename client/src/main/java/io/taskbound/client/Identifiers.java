// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a target may be written in; the issuer has the same rule. */
final class Identifiers {
    static final String RULE =
            "1 to 512 letters, digits and ._~@+=,/:- without // and without a part that is only dots";

    private static final int MAX_LENGTH = 512;
    private static final Pattern FOREIGN_SIGN = Pattern.compile("[^A-Za-z0-9._~@+=,/:-]");
    private static final Pattern ONLY_DOTS = Pattern.compile("(^|[/:@+=,])[.]+([/:@+=,]|$)");

    private Identifiers() {}

    /**
     * What is wrong with the text, as the end of a sentence about it; it names a character and never repeats the text.
     */
    static Optional<String> fault(String text) {
        if (text.isEmpty()) {
            return Optional.of("is empty");
        }
        if (text.length() > MAX_LENGTH) {
            return Optional.of("is longer than " + MAX_LENGTH + " characters");
        }
        var foreign = FOREIGN_SIGN.matcher(text);
        if (foreign.find()) {
            return Optional.of("has the character " + shown(text.codePointAt(foreign.start())));
        }
        if (text.contains("//")) {
            return Optional.of("has //");
        }
        return ONLY_DOTS.matcher(text).find() ? Optional.of("has a part that is only dots") : Optional.empty();
    }

    private static String shown(int c) {
        return c > ' ' && c < 0x7f ? "'" + (char) c + "'" : String.format(Locale.ROOT, "U+%04X", c);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * By what little two issuer URLs differ that a person takes for one. They are two issuers all the same: an issuer is
 * compared character by character (RFC 8725 section 3.8).
 */
public final class IssuerDifference {
    private static final int MAX_SHOWN = 200;
    /** An issuer URL and nothing that a log or a terminal could take for something else. */
    private static final Pattern PLAIN = Pattern.compile("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?");

    private static final List<Kind> KINDS = List.of(
            new Kind("blanks around it", String::strip),
            new Kind("upper and lower case", text -> text.toLowerCase(Locale.ROOT)),
            new Kind(
                    "the usual port, which can be left out",
                    text -> text.replaceFirst("^(https://[^/]*):443(?=/|$)", "$1")
                            .replaceFirst("^(http://[^/]*):80(?=/|$)", "$1")),
            new Kind(
                    "localhost and its address",
                    text -> text.replaceFirst(
                            "^(?<scheme>https?://)(localhost|\\[::1])(?=[:/]|$)", "${scheme}127.0.0.1")),
            new Kind("http and https", text -> text.replaceFirst("^http://", "https://")),
            new Kind("a slash at the end", text -> text.replaceFirst("/+$", "")));

    /** One small difference, and how it is levelled. */
    private record Kind(String name, UnaryOperator<String> level) {}

    private IssuerDifference() {}

    /** Such as {@code a slash at the end}; empty if the two are equal, or differ by more than such things. */
    public static Optional<String> small(String one, String other) {
        if (one.equals(other) || !levelled(one, KINDS).equals(levelled(other, KINDS))) {
            return Optional.empty();
        }
        // Those without which they would still differ.
        return Optional.of(KINDS.stream()
                .filter(kind -> !levelled(one, allBut(kind)).equals(levelled(other, allBut(kind))))
                .map(Kind::name)
                .collect(Collectors.joining(" and ")));
    }

    /** The text of an unverified {@code iss} if it is a plain URL; else what it is, without its text. */
    public static String shown(String issuer) {
        return issuer.length() <= MAX_SHOWN && PLAIN.matcher(issuer).matches() ? issuer : "(not a plain URL)";
    }

    private static List<Kind> allBut(Kind left) {
        return KINDS.stream().filter(kind -> !kind.equals(left)).toList();
    }

    private static String levelled(String text, List<Kind> kinds) {
        var level = text;
        for (var kind : kinds) {
            level = kind.level().apply(level);
        }
        return level;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The names in a query. Values may be percent-encoded, since no decision rests on them, but hold no control character;
 * names may not, so that a name is the same to everybody, and none is there twice.
 */
final class QueryNames {
    private static final String NAME_SIGNS = "._~-";
    private static final String VALUE_SIGNS = "._~-!$'()*,:@/?+=";
    private static final int HEX = 16;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int DELETE = 0x7f;

    private final Optional<Oddity> oddity;
    private final Set<String> names;

    private QueryNames(Optional<Oddity> oddity, Set<String> names) {
        this.oddity = oddity;
        this.names = names;
    }

    /** @param query without its question mark; empty where there is none */
    static QueryNames read(String query) {
        var names = new LinkedHashSet<String>();
        for (var parameter : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int sign = parameter.indexOf('=');
            var name = sign < 0 ? parameter : parameter.substring(0, sign);
            var oddity = fault(name, sign < 0 ? "" : parameter.substring(sign + 1));
            if (oddity.isEmpty() && !names.add(name)) {
                oddity = Optional.of(Oddity.REPEATED_PARAMETER);
            }
            if (oddity.isPresent()) {
                return new QueryNames(oddity, Set.of());
            }
        }
        return new QueryNames(Optional.empty(), names);
    }

    private static Optional<Oddity> fault(String name, String value) {
        if (name.indexOf(';') >= 0 || value.indexOf(';') >= 0) {
            return Optional.of(Oddity.SEMICOLON);
        }
        if (Overrides.isParameter(name)) {
            return Optional.of(Oddity.METHOD_OVERRIDE);
        }
        return isName(name) && isValue(value) ? Optional.empty() : Optional.of(Oddity.QUERY);
    }

    /** Letters, digits and {@code ._~-}. */
    static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> RequestTarget.isLetterOrDigit(c) || NAME_SIGNS.indexOf(c) >= 0);
    }

    private static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '%') {
                if (!isPrintable(value, i + 1)) {
                    return false;
                }
                i += 2;
            } else if (!RequestTarget.isLetterOrDigit(c) && VALUE_SIGNS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Two hex digits that stand for no control character. */
    private static boolean isPrintable(String value, int at) {
        if (at + 2 > value.length()) {
            return false;
        }
        int high = Character.digit(value.charAt(at), HEX);
        int low = Character.digit(value.charAt(at + 1), HEX);
        int octet = high * HEX + low;
        return high >= 0 && low >= 0 && octet >= FIRST_PRINTABLE && octet != DELETE;
    }

    Optional<Oddity> oddity() {
        return oddity;
    }

    Set<String> names() {
        return names;
    }
}

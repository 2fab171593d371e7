// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An identifier with variables. A value can never reach beyond its place: it has none of the signs that part an
 * identifier, and no part that is only dots.
 */
final class IdentifierTemplate {
    static final String DIGEST = "digest";

    private static final Pattern PIECE =
            Pattern.compile("\\{(?<name>[A-Za-z][A-Za-z0-9_]*)}|(?<text>[A-Za-z0-9._~@+=,/:-]+)");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._~+-]{1,255}");
    private static final Pattern NOT_IN_VALUES = Pattern.compile("[@=,/:]");
    private static final Pattern ONLY_DOTS = Pattern.compile("(^|.*\\+)\\.+(\\+.*|$)");

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z0-9._~@+=,/:-]{1,512}");
    private static final Pattern PART_OF_DOTS = Pattern.compile("(^|[/:@+=,])\\.+([/:@+=,]|$)");

    private final List<Piece> pieces;

    private record Piece(boolean isVariable, String text) {}

    private IdentifierTemplate(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** Refuses with {@link IllegalArgumentException} what can be no identifier. */
    static IdentifierTemplate of(String text) {
        var pieces = new ArrayList<Piece>();
        var matcher = PIECE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("the identifier \"" + text + "\" is wrong at character " + (at + 1)
                        + ": it has letters, digits, ._~@+=,/:- and variables such as {name}");
            }
            var name = Optional.ofNullable(matcher.group("name"));
            pieces.add(new Piece(name.isPresent(), name.orElseGet(matcher::group)));
            at = matcher.end();
        }
        if (pieces.isEmpty()) {
            throw new IllegalArgumentException("the identifier is empty");
        }
        requireEnds(pieces);
        return new IdentifierTemplate(pieces);
    }

    /** Else {@code {a}-{b}} would be the same for a and b-c as for a-b and c. */
    private static void requireEnds(List<Piece> pieces) {
        var open = Optional.<String>empty();
        for (var piece : pieces) {
            if (piece.isVariable && open.isPresent()) {
                throw new IllegalArgumentException("where {" + open.get() + "} ends and {" + piece.text
                        + "} begins cannot be told, so that a token for one target would be good for another; write one"
                        + " of @=,/: between them");
            }
            if (piece.isVariable) {
                // All digests have one length.
                open = Optional.of(piece.text).filter(name -> !name.equals(DIGEST));
            } else if (NOT_IN_VALUES.matcher(piece.text).find()) {
                open = Optional.empty();
            }
        }
    }

    /** By the issuer's rule, so that it is not asked what it would refuse as this service's fault. */
    static boolean isIdentifier(String text) {
        return IDENTIFIER.matcher(text).matches()
                && !text.contains("//")
                && !PART_OF_DOTS.matcher(text).find();
    }

    boolean hasDigest() {
        return pieces.stream().anyMatch(piece -> piece.isVariable && piece.text.equals(DIGEST));
    }

    /** Those that come from the path. */
    List<String> pathVariables() {
        return pieces.stream()
                .filter(piece -> piece.isVariable && !piece.text.equals(DIGEST))
                .map(Piece::text)
                .toList();
    }

    /** The identifier; empty where a value is missing or cannot stand in one. */
    Optional<String> filled(Map<String, String> values) {
        var identifier = new StringBuilder();
        for (var piece : pieces) {
            var text = piece.isVariable ? values.getOrDefault(piece.text, "") : piece.text;
            if (piece.isVariable
                    && (!VALUE.matcher(text).matches()
                            || ONLY_DOTS.matcher(text).matches())) {
                return Optional.empty();
            }
            identifier.append(text);
        }
        return Optional.of(identifier.toString());
    }
}

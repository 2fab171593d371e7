// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import io.taskbound.task.Identifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The identifier that a rule makes of a path's variables, such as {@code ticket:{ticket}}. */
final class IdentifierTemplate {
    private final List<Piece> pieces;

    private IdentifierTemplate(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** Text as it stands, or the name of a variable. */
    private record Piece(String text, boolean isVariable) {}

    /** Takes what has the form of one: {@link RuleForm#IDENTIFIER}. */
    static IdentifierTemplate of(String text) {
        var pieces = new ArrayList<Piece>();
        int start = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', start)) {
            add(pieces, text.substring(start, open));
            int close = text.indexOf('}', open);
            pieces.add(new Piece(text.substring(open + 1, close), true));
            start = close + 1;
        }
        add(pieces, text.substring(start));
        return new IdentifierTemplate(List.copyOf(pieces));
    }

    private static void add(List<Piece> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, false));
        }
    }

    /** In order; one that is named twice is there twice. */
    List<String> variables() {
        return pieces.stream().filter(Piece::isVariable).map(Piece::text).toList();
    }

    /**
     * Two variables of which one text could be cut in two ways, so that a token for one target were good for another:
     * {@code {a}-{b}} of names that may have dashes.
     */
    Optional<List<String>> runTogether(Map<String, PathPart.Variable> variables) {
        var open = Optional.<PathPart.Variable>empty();
        var between = "";
        for (var piece : pieces) {
            if (!piece.isVariable()) {
                between = piece.text();
                continue;
            }
            if (open.isPresent() && !endsBefore(open.get(), between)) {
                return Optional.of(List.of(open.get().name(), piece.text()));
            }
            open = Optional.ofNullable(variables.get(piece.text()));
            between = "";
        }
        return Optional.empty();
    }

    /** The first character that the variable cannot have tells where it ended. */
    private static boolean endsBefore(PathPart.Variable variable, String text) {
        return (variable.segments().hasOneLength() && !variable.rest())
                || text.chars().anyMatch(c -> !variable.segments().mayHold(c) && !(variable.rest() && c == '/'));
    }

    /** Empty if what is made is not an identifier, such as one that is too long. */
    Optional<String> fill(Map<String, String> values) {
        var text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.isVariable() ? values.getOrDefault(piece.text(), "") : piece.text()));
        return Identifier.of(text.toString()).map(Identifier::value);
    }
}

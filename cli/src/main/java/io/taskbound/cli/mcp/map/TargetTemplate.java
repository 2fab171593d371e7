// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.mcp.map;

import io.taskbound.task.Identifier;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The identifier that is made of a call's arguments, such as {@code ticket:{id}}. */
final class TargetTemplate {
    private final List<Piece> pieces;

    private TargetTemplate(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /** Text as it stands, or the name of an argument. */
    private record Piece(String text, boolean isArgument) {}

    /** Takes what has the form of one: {@link MapForm#IDENTIFIER}. */
    static TargetTemplate of(String text) {
        var pieces = new ArrayList<Piece>();
        int start = 0;
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', start)) {
            add(pieces, text.substring(start, open));
            int close = text.indexOf('}', open);
            pieces.add(new Piece(text.substring(open + 1, close), true));
            start = close + 1;
        }
        add(pieces, text.substring(start));
        return new TargetTemplate(List.copyOf(pieces));
    }

    private static void add(List<Piece> pieces, String text) {
        if (!text.isEmpty()) {
            pieces.add(new Piece(text, false));
        }
    }

    /** In order; one that is named twice is there twice. */
    List<String> arguments() {
        return pieces.stream().filter(Piece::isArgument).map(Piece::text).toList();
    }

    /**
     * Two arguments of which one text could be cut in two ways, so that a token for one target were good for another:
     * {@code {a}-{b}} of names that may have dashes.
     */
    Optional<List<String>> runTogether(Map<String, Argument> arguments) {
        for (int i = 0; i < pieces.size(); i++) {
            var next = nextArgument(i);
            var piece = pieces.get(i);
            if (piece.isArgument() && next.isPresent() && !endsBefore(kind(arguments, piece), between(i, next.get()))) {
                return Optional.of(List.of(piece.text(), pieces.get(next.get()).text()));
            }
        }
        return Optional.empty();
    }

    /** That all are there was checked when the map was read. */
    private static ArgumentClass kind(Map<String, Argument> arguments, Piece piece) {
        return Objects.requireNonNull(arguments.get(piece.text()), piece.text()).kind();
    }

    private Optional<Integer> nextArgument(int after) {
        for (int i = after + 1; i < pieces.size(); i++) {
            if (pieces.get(i).isArgument()) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private String between(int argument, int next) {
        return next == argument + 1 ? "" : pieces.get(argument + 1).text();
    }

    /** The first character that the argument cannot have tells where it ended. */
    private static boolean endsBefore(ArgumentClass kind, String text) {
        return kind.hasOneLength() || text.chars().anyMatch(c -> !kind.mayHold(c));
    }

    /** Empty if what is made is not an identifier, such as a text that is too long. */
    Optional<Identifier> fill(Map<String, String> parts) {
        var text = new StringBuilder();
        pieces.forEach(piece -> text.append(piece.isArgument() ? parts.getOrDefault(piece.text(), "") : piece.text()));
        return Identifier.of(text.toString());
    }

    /** Whether some arguments make this identifier. */
    boolean makes(String identifier, Map<String, Argument> arguments) {
        return makes(identifier, 0, arguments, new HashMap<>());
    }

    private boolean makes(String rest, int at, Map<String, Argument> arguments, Map<String, String> known) {
        if (at == pieces.size()) {
            return rest.isEmpty();
        }
        var piece = pieces.get(at);
        if (!piece.isArgument()) {
            return rest.startsWith(piece.text())
                    && makes(rest.substring(piece.text().length()), at + 1, arguments, known);
        }
        var kind = kind(arguments, piece);
        var before = known.get(piece.text());
        // No two arguments run together, so that few ends are tried.
        for (int end = 1; end <= rest.length() && kind.mayHold(rest.charAt(end - 1)); end++) {
            var part = rest.substring(0, end);
            if (kind.isPart(part) && (before == null || before.equals(part))) {
                var with = new HashMap<>(known);
                with.put(piece.text(), part);
                if (makes(rest.substring(end), at + 1, arguments, with)) {
                    return true;
                }
            }
        }
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A text of a profile with claims in it, such as {@code repo:${repository_owner_id}/${repository_id}}. It has a value
 * only when every claim is there and of the plain alphabet, so that two different runs can never spell the same text.
 *
 * <p>{@code ${/x}} lets x be a path; {@code ${=x}} takes a claim whole, which is unambiguous at the start only;
 * {@code ${origin}} is the web address of the provider.
 */
final class ClaimTemplate {
    private static final Pattern SLOT = Pattern.compile("\\$\\{([/=]?)([^}]+)}");

    private final List<Part> parts;

    private ClaimTemplate(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    static ClaimTemplate parse(String text) {
        var parts = new ArrayList<Part>();
        var slots = SLOT.matcher(text);
        int end = 0;
        while (slots.find()) {
            parts.add(new Literal(text.substring(end, slots.start())));
            parts.add(slot(slots.group(1), slots.group(2)));
            end = slots.end();
        }
        parts.add(new Literal(text.substring(end)));
        return new ClaimTemplate(parts);
    }

    private static Part slot(String mark, String claim) {
        if (claim.equals("origin")) {
            return new Origin();
        }
        var alphabet = mark.isEmpty() ? Alphabet.PLAIN : mark.equals("/") ? Alphabet.PATH : Alphabet.ANY;
        return new Slot(ClaimPath.parse(claim), alphabet);
    }

    Optional<String> fill(JsonObject claims, String origin) {
        var filled = new StringBuilder();
        for (var part : parts) {
            var text = part.text(claims, origin);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            filled.append(text.get());
        }
        return Optional.of(filled.toString());
    }

    private sealed interface Part {
        Optional<String> text(JsonObject claims, String origin);
    }

    private record Literal(String text) implements Part {
        @Override
        public Optional<String> text(JsonObject claims, String origin) {
            return Optional.of(text);
        }
    }

    private record Origin() implements Part {
        @Override
        public Optional<String> text(JsonObject claims, String origin) {
            return Optional.of(origin);
        }
    }

    private record Slot(ClaimPath claim, Alphabet alphabet) implements Part {
        @Override
        public Optional<String> text(JsonObject claims, String origin) {
            return claim.textIn(claims).filter(alphabet::allows);
        }
    }

    private enum Alphabet {
        PLAIN,
        PATH,
        ANY;

        private static final int LONGEST = 2048;

        boolean allows(String value) {
            if (value.isEmpty() || value.length() > LONGEST) {
                return false;
            }
            return switch (this) {
                case PLAIN -> isPlain(value, '-');
                case PATH -> isPlain(value, '/') && !value.contains("//");
                case ANY -> true;
            };
        }

        private static boolean isPlain(String value, char alsoAllowed) {
            for (int i = 0; i < value.length(); i++) {
                char c = value.charAt(i);
                if (!isPlain(c) && c != alsoAllowed) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isPlain(char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || "._-".indexOf(c) >= 0;
        }
    }
}

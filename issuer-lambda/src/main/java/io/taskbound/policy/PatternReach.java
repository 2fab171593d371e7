// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether one identifier pattern reaches no further than another, whatever the variables stand for. A variable is any
 * text, unless the wider pattern has the same variable in that place. In doubt the answer is no: the patterns are
 * compared step by step, each step of the narrower one against one step of the wider.
 */
final class PatternReach {
    private static final int SHA256_DIGITS = 64;

    private enum Kind {
        TEXT,
        WITHIN_SEGMENT,
        ACROSS_SEGMENTS,
        HEX_DIGIT,
        VARIABLE
    }

    /** @param text the character or the variable's name, where the kind needs one */
    private record Step(Kind kind, String text) {
        boolean repeats() {
            return kind == Kind.WITHIN_SEGMENT || kind == Kind.ACROSS_SEGMENTS;
        }

        /** Whether this step takes whatever the other one takes. */
        boolean covers(Step other) {
            return switch (kind) {
                case ACROSS_SEGMENTS -> true;
                case WITHIN_SEGMENT ->
                    other.kind == Kind.WITHIN_SEGMENT
                            || other.kind == Kind.HEX_DIGIT
                            || (other.kind == Kind.TEXT && !other.text.equals("/") && !other.text.equals(":"));
                case HEX_DIGIT ->
                    other.kind == Kind.HEX_DIGIT || (other.kind == Kind.TEXT && other.text.matches("[0-9a-f]"));
                case TEXT, VARIABLE -> equals(other);
            };
        }
    }

    private PatternReach() {}

    static boolean isWithin(IdentifierPattern narrow, IdentifierPattern wide) {
        var narrower = steps(narrow);
        var wider = steps(wide);
        // fits[i][j]: whatever matches the narrower pattern from step i on, matches the wider one from step j on.
        var fits = new boolean[narrower.size() + 1][wider.size() + 1];
        fits[narrower.size()][wider.size()] = true;
        for (int i = narrower.size() - 1; i >= 0; i--) {
            for (int j = wider.size() - 1; j >= 0; j--) {
                var step = narrower.get(i);
                var cover = wider.get(j);
                boolean goesOn = fits[i + 1][j + 1] || (cover.repeats() && fits[i + 1][j]);
                // A step that repeats stays where it is: then the wider one must stay too, or its next step take over.
                boolean stays = !step.repeats() || cover.repeats() || fits[i][j + 1];
                fits[i][j] = cover.covers(step) && goesOn && stays;
            }
        }
        return fits[0][0];
    }

    private static List<Step> steps(IdentifierPattern pattern) {
        var steps = new ArrayList<Step>();
        for (var part : pattern.parts()) {
            if (part instanceof GlobPart.Literal literal) {
                literal.value().chars().forEach(c -> steps.add(new Step(Kind.TEXT, String.valueOf((char) c))));
            } else if (part instanceof GlobPart.Variable variable) {
                steps.add(new Step(Kind.VARIABLE, variable.name()));
            } else if (part == GlobPart.Wildcard.SHA256) {
                for (int i = 0; i < SHA256_DIGITS; i++) {
                    steps.add(new Step(Kind.HEX_DIGIT, ""));
                }
            } else {
                steps.add(new Step(
                        part == GlobPart.Wildcard.WITHIN_SEGMENT ? Kind.WITHIN_SEGMENT : Kind.ACROSS_SEGMENTS, ""));
            }
        }
        return steps;
    }
}

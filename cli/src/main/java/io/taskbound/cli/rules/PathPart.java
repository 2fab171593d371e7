// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.rules;

import java.util.Locale;

/** One segment of a pattern, or at its end any number of them. */
sealed interface PathPart {
    /** Whether it accepts this segment. */
    boolean accepts(String segment);

    /** Whether there is a segment that both accept, to a service that does not tell capital from small letters. */
    boolean overlaps(PathPart other);

    /** Exactly this text; empty for the slash at a path's end. */
    record Literal(String text) implements PathPart {
        @Override
        public boolean accepts(String segment) {
            return text.equals(segment);
        }

        @Override
        public boolean overlaps(PathPart other) {
            return other instanceof Literal literal ? text.equalsIgnoreCase(literal.text()) : other.overlaps(this);
        }
    }

    /**
     * Any segment of a class.
     *
     * @param rest whether it is one or more of them, at the end of the path
     */
    record Variable(String name, SegmentClass segments, boolean rest) implements PathPart {
        @Override
        public boolean accepts(String segment) {
            return segments.accepts(segment);
        }

        @Override
        public boolean overlaps(PathPart other) {
            if (other instanceof Literal literal) {
                return segments.accepts(literal.text())
                        || segments.accepts(literal.text().toLowerCase(Locale.ROOT));
            }
            return segments.overlaps(((Variable) other).segments());
        }
    }
}

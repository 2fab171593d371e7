// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Map;
import java.util.Optional;

/** A piece of a pattern, in the order in which it was written; {@code toString} is how it was written. */
sealed interface GlobPart {

    /** The text this piece stands for once variables have values; empty for a wildcard. */
    default Optional<String> text(Map<String, String> values) {
        return Optional.empty();
    }

    default Optional<String> literal() {
        return text(Map.of());
    }

    record Literal(String value) implements GlobPart {
        @Override
        public Optional<String> text(Map<String, String> values) {
            return Optional.of(value);
        }

        @Override
        public String toString() {
            return value;
        }
    }

    record Variable(String name) implements GlobPart {
        @Override
        public Optional<String> text(Map<String, String> values) {
            return Optional.ofNullable(values.get(name));
        }

        @Override
        public String toString() {
            return "${" + name + "}";
        }
    }

    enum Wildcard implements GlobPart {
        WITHIN_SEGMENT("*"),
        ACROSS_SEGMENTS("**"),
        SHA256("{sha256}");

        private final String written;

        Wildcard(String written) {
            this.written = written;
        }

        @Override
        public String toString() {
            return written;
        }
    }
}

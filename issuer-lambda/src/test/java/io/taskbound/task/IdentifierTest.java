// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    /** What each server, shell, page or path reads in its own way; contract/identifiers.json has the rest. */
    @ParameterizedTest
    @ValueSource(
            strings = {"", "a b", "a%2f", "a\\b", "a*", "a//b", "../a", "bucket:..", "a/..;/b", "a/..@b", "a?b", "a#b"})
    void refusesWhatAServerCouldReadAsAnotherTarget(String text) {
        assertThat(Identifier.of(text)).isEmpty();
        assertThatThrownBy(() -> new Identifier(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isAtMost512Characters() {
        assertThat(Identifier.of("a".repeat(512))).isPresent();
        assertThat(Identifier.of("a".repeat(513))).isEmpty();
    }
}

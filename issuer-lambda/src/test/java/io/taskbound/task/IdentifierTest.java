// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "artifact:acme/shop/app.jar@sha256:9f2c",
                "ticket:ACME-12",
                "...",
                "a/.../b",
                "a/.b/b./c..d",
                "~!#$&'()+,;=?[]^_`{|}\"<>"
            })
    void acceptsOneConcreteTarget(String text) {
        assertThat(Identifier.of(text)).contains(new Identifier(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a b",
                "a\t",
                "a\n",
                "a%2f",
                "a\\b",
                "a*",
                "**",
                "a//b",
                "//",
                ".",
                "..",
                "a/.",
                "a/..",
                "./a",
                "../a",
                "a/./b",
                "a/../b",
                "bucket:..",
                "x:./y",
                "ü",
                "a\u0000",
                "a\u007f",
                "ａ"
            })
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

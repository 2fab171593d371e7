// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunnerLinesTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "::add-mask::x,\\u003A:add-mask::x",
                "  ::error::x,  \\u003A:error::x",
                "a ##[error]x,a ##\\u005Berror]x",
            })
    void takesTheForceFromACommandToTheRunner(String text, String harmless) {
        assertThat(RunnerLines.harmless(text)).isEqualTo(harmless);
    }

    @Test
    void looksAtEveryLine() {
        assertThat(RunnerLines.harmless("a\n::stop-commands::b")).isEqualTo("a\n\\u003A:stop-commands::b");
    }

    @Test
    void leavesOtherTextAlone() {
        var text = "taskbound: granted a::b\n  sub  repo:acme/shop::x # [y]";
        assertThat(RunnerLines.harmless(text)).isEqualTo(text);
    }
}

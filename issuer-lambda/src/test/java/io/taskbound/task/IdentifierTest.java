// SPDX-License-Identifier: Apache-2.0
package io.taskbound.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
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

    /** By a pattern that says the same: every text of up to six of the signs that matter. */
    @Test
    void hasNoPartThatIsOnlyDots() {
        var onlyDots = Pattern.compile("(^|[/:@+=,])[.]+([/:@+=,]|$)");
        for (var text : texts("a./@", 6)) {
            if (!text.contains("//")) {
                assertThat(Identifier.of(text).isEmpty())
                        .as(text)
                        .isEqualTo(onlyDots.matcher(text).find());
            }
        }
    }

    private static List<String> texts(String signs, int longest) {
        var texts = new ArrayList<String>();
        for (int i = 0; i < signs.length(); i++) {
            texts.add(signs.substring(i, i + 1));
        }
        for (int begun = 0; texts.get(begun).length() < longest; begun++) {
            for (int i = 0; i < signs.length(); i++) {
                texts.add(texts.get(begun) + signs.charAt(i));
            }
        }
        return texts;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonArray;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GlobTest {
    private static final String ZEROS = "0".repeat(64);

    static Stream<Arguments> matches() {
        return pairs("matches");
    }

    static Stream<Arguments> misses() {
        return pairs("misses");
    }

    static Stream<String> unreadable() {
        return Contract.items(Contract.file("globs.json"), "unreadable").stream()
                .map(Contract::text);
    }

    private static Stream<Arguments> pairs(String name) {
        return Contract.items(Contract.file("globs.json"), name).stream()
                .map(pair -> ((JsonArray) pair).items())
                .map(pair -> Arguments.of(
                        Contract.text(pair.get(0)), Contract.text(pair.get(1)).replace("{64}", ZEROS)));
    }

    @ParameterizedTest
    @MethodSource
    void matches(String pattern, String text) throws BadPattern {
        assertThat(Glob.of(pattern).matches(text)).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void misses(String pattern, String text) throws BadPattern {
        assertThat(Glob.of(pattern).matches(text)).isFalse();
    }

    @ParameterizedTest
    @MethodSource
    void unreadable(String pattern) {
        assertThatThrownBy(() -> Glob.of(pattern)).isInstanceOf(BadPattern.class);
    }

    @Test
    void readsBackAsItWasWritten() throws BadPattern {
        assertThat(Glob.of("a/*/**@{sha256}}")).hasToString("a/*/**@{sha256}}");
    }

    @Test
    void takesAValueAsTextWhateverItHolds() throws BadPattern {
        var parts = GlobParser.parse("x/${v}/*");

        var glob = Glob.of(parts, Map.of("v", "**{sha256}${v}"));

        assertThat(glob.matches("x/**{sha256}${v}/y")).isTrue();
        assertThat(glob.matches("x/anything/y")).isFalse();
    }

    @Test
    void neverTurnsAVariableWithoutAValueIntoAPattern() throws BadPattern {
        var parts = GlobParser.parse("x/${v}");

        assertThatThrownBy(() -> Glob.of(parts, Map.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void staysCheapOnTheWorstTexts() {
        var pattern = "**a".repeat(100) + "b";
        var text = "a".repeat(16_000);

        org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                Duration.ofSeconds(60),
                () -> assertThat(Glob.of(pattern).matches(text)).isFalse());
    }

    @Test
    void agreesWithAReadingThatTriesEverything() throws BadPattern {
        var random = new SplittableRandom(20_261_123);
        int matched = 0;
        for (int round = 0; round < 200_000; round++) {
            var pattern = text(random, List.of("a", "b", "/", ":", "*", "**", "a*", "/**"), 5);
            if (pattern.contains("***")) {
                continue;
            }
            var text = text(random, List.of("a", "b", "/", ":", "a", "b"), 7);
            boolean expected = reference(pattern, text);
            matched += expected ? 1 : 0;
            assertThat(Glob.of(pattern).matches(text))
                    .as("%s over %s", pattern, text)
                    .isEqualTo(expected);
        }
        assertThat(matched).isGreaterThan(5_000);
    }

    private static String text(SplittableRandom random, List<String> pieces, int most) {
        var text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(pieces.get(random.nextInt(pieces.size())));
        }
        return text.toString();
    }

    /** The definition, word by word: each star tries every length from one. */
    private static boolean reference(String pattern, String text) {
        if (pattern.isEmpty()) {
            return text.isEmpty();
        }
        if (!pattern.startsWith("*")) {
            return !text.isEmpty()
                    && text.charAt(0) == pattern.charAt(0)
                    && reference(pattern.substring(1), text.substring(1));
        }
        boolean crosses = pattern.startsWith("**");
        for (int taken = 1; taken <= text.length(); taken++) {
            char last = text.charAt(taken - 1);
            if (!crosses && (last == '/' || last == ':')) {
                return false;
            }
            if (reference(pattern.substring(crosses ? 2 : 1), text.substring(taken))) {
                return true;
            }
        }
        return false;
    }
}

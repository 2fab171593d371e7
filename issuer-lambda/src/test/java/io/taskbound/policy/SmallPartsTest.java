// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonBoolean;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallPartsTest {

    @Nested
    class Durations {
        @Test
        void areSecondsMinutesOrHours() {
            assertThat(DurationText.parse("90s")).contains(Duration.ofSeconds(90));
            assertThat(DurationText.parse("10m")).contains(Duration.ofMinutes(10));
            assertThat(DurationText.parse("1h")).contains(Duration.ofHours(1));
            assertThat(DurationText.parse("999999h")).isPresent();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "s",
                    "0s",
                    "01s",
                    "10",
                    "1d",
                    "1 m",
                    "1m ",
                    "1M",
                    "-1s",
                    "1.5h",
                    "1000000s",
                    "१m",
                    "1h30m"
                })
        void areNothingElse(String text) {
            assertThat(DurationText.parse(text)).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"90s", "10m", "1h", "24h", "61m"})
        void readBackAsAPersonWouldTypeThem(String text) {
            assertThat(DurationText.parse(text).map(DurationText::of)).contains(text);
        }
    }

    @Nested
    class Values {
        @ParameterizedTest
        @ValueSource(strings = {"acme", "Acme-1_x.y", "..."})
        void mayStandInAnIdentifier(String value) {
            assertThat(VariableValue.isValid(value, false)).isTrue();
            assertThat(VariableValue.isValid(value + "/" + value, true)).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    ".",
                    "..",
                    "a/",
                    "/a",
                    "a//b",
                    "a/./b",
                    "../a",
                    "a b",
                    "a:b",
                    "a*",
                    "a@b",
                    "${x}",
                    "{sha256}",
                    "ä",
                    "a\n",
                    "a%2fb",
                    "a\\b",
                    "१"
                })
        void thatCouldChangeItsMeaningMayNot(String value) {
            assertThat(VariableValue.isValid(value, true)).isFalse();
            assertThat(VariableValue.isValid(value, false)).isFalse();
        }

        @Test
        void holdSlashesOnlyWhereTheClaimIsAPath() {
            assertThat(VariableValue.isValid("a/b", true)).isTrue();
            assertThat(VariableValue.isValid("a/b", false)).isFalse();
        }

        @Test
        void haveALength() {
            assertThat(VariableValue.isValid("a".repeat(256), false)).isTrue();
            assertThat(VariableValue.isValid("a".repeat(257), false)).isFalse();
        }
    }

    @Nested
    class ShownTexts {
        @Test
        void cannotBreakALineOrColourIt() {
            assertThat(Shown.text("a\n\u001b[31m\u202e\u2028é"))
                    .isEqualTo("\"a\\u000a\\u001b[31m\\u202e\\u2028\\u00e9\"");
        }

        @Test
        void areCutAt256Characters() {
            assertThat(Shown.text("a".repeat(256))).isEqualTo('"' + "a".repeat(256) + '"');
            assertThat(Shown.text("a".repeat(257))).isEqualTo('"' + "a".repeat(256) + "…\"");
        }

        @Test
        void areJsonWhereTheyAreNoTexts() {
            assertThat(Shown.value(new JsonBoolean(true))).isEqualTo("true");
        }

        @Test
        void areEightAtMost() {
            assertThat(Shown.anyOf(List.of("1", "2"))).isEqualTo("1 or 2");
            assertThat(Shown.anyOf(List.of("1", "2", "3", "4", "5", "6", "7", "8", "9", "10")))
                    .isEqualTo("1 or 2 or 3 or 4 or 5 or 6 or 7 or 8 or 2 more");
        }
    }

    @Nested
    class Misspelt {
        @Test
        void findsTheWordThatWasMeant() {
            var known = List.of("max_lifetime", "max_uses", "lease", "allow");

            assertThat(Spelling.nearest("max_lifetim", known)).contains("max_lifetime");
            assertThat(Spelling.nearest("maxUses", known)).contains("max_uses");
            assertThat(Spelling.nearest("laese", known)).isEmpty();
            assertThat(Spelling.nearest("leese", known)).contains("lease");
        }

        @Test
        void doesNotGuessWildly() {
            assertThat(Spelling.nearest("xyz", List.of("allow"))).isEmpty();
            assertThat(Spelling.nearest("a".repeat(10_000), List.of("allow"))).isEmpty();
            assertThat(Spelling.nearest("x", List.of())).isEmpty();
        }
    }

    @Nested
    class Versions {
        @Test
        void haveALabelForPeople() {
            assertThat(new PolicyVersion(3, "4be1".repeat(16)).label()).isEqualTo("v3 4be14be1");
        }

        @Test
        void startAtOneAndHaveAWholeHash() {
            assertThatThrownBy(() -> new PolicyVersion(0, "a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> new PolicyVersion(1, "A".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        }
    }
}

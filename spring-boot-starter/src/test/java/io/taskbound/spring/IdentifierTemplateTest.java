// SPDX-License-Identifier: Apache-2.0
package io.taskbound.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifierTemplateTest {
    private final IdentifierTemplate template = IdentifierTemplate.of("artifact:{project}/{name}@sha256:{digest}");

    @Test
    void fillsEachPlace() {
        assertThat(template.pathVariables()).containsExactly("project", "name");
        assertThat(template.hasDigest()).isTrue();
        assertThat(template.filled(Map.of("project", "shop", "name", "app-1.0+b2.jar", "digest", "9f", "more", "x")))
                .contains("artifact:shop/app-1.0+b2.jar@sha256:9f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "..", "...", "a/b", "a@b", "a:b", "a=b", "a,b", "a b", "a%b", "é", "a+..", "..+a", "a+.+b",
                "{x}"
            })
    void letsNoValueReachBeyondItsPlace(String value) {
        assertThat(template.filled(Map.of("project", "shop", "name", value, "digest", "9f")))
                .isEmpty();
    }

    @Test
    void needsEveryValue() {
        assertThat(template.filled(Map.of("project", "shop", "digest", "9f"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:{a}{b}", "x:{a}-{b}", "x:{a}.b.{c}", "x:{a}/{b}-{c}", "x:{a}{digest}"})
    void refusesVariablesThatRunTogether(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentifierTemplate.of(text))
                .withMessageContaining("cannot be told");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x:{a}/{b}", "x:{a}-v@{b}", "x:{digest}{a}", "x:{a}-only"})
    void takesVariablesWhoseEndsCanBeTold(String text) {
        assertThat(IdentifierTemplate.of(text)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a{", "a}", "a{}", "a{b c}", "a{1}", "a*", "a{*b}"})
    void refusesWhatCanBeNoIdentifier(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> IdentifierTemplate.of(text));
    }
}

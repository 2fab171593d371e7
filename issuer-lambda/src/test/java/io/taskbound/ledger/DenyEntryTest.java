// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DenyEntryTest {
    private static DenyEntry entry(DenyEntry.Kind kind, String value) {
        return new DenyEntry(kind, value, Optional.empty(), NOW, "ada", Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "RUN, 2002/7001/1",
        "TASK, sign-release",
        "SUBJECT, repo:acme@1001/shop@2002:environment:production",
        "SUBJECT, repo:1001/2002:environment:production",
        "PROJECT, 2002",
        "PROVIDER, github",
        "ISSUED_BEFORE, 2026-11-23T12:00:00.251Z"
    })
    void deniesWhatItNames(DenyEntry.Kind kind, String value) {
        assertThat(entry(kind, value).denies(token(), NOW)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "RUN, 2002/7001/2",
        "RUN, 2002/7001",
        "TASK, sign",
        "SUBJECT, repo:acme/shop",
        "SUBJECT, REPO:1001/2002:ENVIRONMENT:PRODUCTION",
        "PROJECT, 200",
        "PROJECT, acme/shop",
        "PROVIDER, gitlab",
        "ISSUED_BEFORE, 2026-11-23T12:00:00.250Z"
    })
    void leavesAloneWhatItDoesNotNameExactly(DenyEntry.Kind kind, String value) {
        assertThat(entry(kind, value).denies(token(), NOW)).isFalse();
    }

    @Test
    void namesATokenByItsHandleAndARunByItsPartOfIt() {
        var token = token();

        assertThat(entry(DenyEntry.Kind.JTI, token.jti().toString()).denies(token, NOW))
                .isTrue();
        assertThat(entry(DenyEntry.Kind.RUN, token.jti().run()).denies(token, NOW))
                .isTrue();
        assertThat(entry(DenyEntry.Kind.JTI, token.jti().run()).denies(token, NOW))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(DenyEntry.Kind.class)
    void refusesToNameNothing(DenyEntry.Kind kind) {
        assertThatThrownBy(() -> entry(kind, "")).hasMessage("value must not be empty");
    }

    @Test
    void refusesAnInstantThatIsNone() {
        assertThatThrownBy(() -> entry(DenyEntry.Kind.ISSUED_BEFORE, "yesterday"))
                .hasMessageContaining("2026-11-23T00:00:00Z");
    }
}

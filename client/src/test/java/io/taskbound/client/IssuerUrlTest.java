// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://tokens.acme.example",
                "http://10.0.0.1:8787",
                "http://localhost.acme.example",
                "http://127.0.0.1.acme.example",
                "http://[::2]",
                "ftp://tokens.acme.example",
                "file:///etc/passwd",
                "//tokens.acme.example",
                "tokens.acme.example",
                "https://",
                "https:tokens.acme.example",
                "https://user:CANARY@tokens.acme.example",
                "https://tokens.acme.example?x=CANARY",
                "https://tokens.acme.example#CANARY",
                "https://tokens.acme.example/ CANARY",
                "",
            })
    void refusesWhatATokenMustNotBeSentTo(String text) {
        assertThatThrownBy(() -> IssuerUrl.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("issuer URL")
                .hasMessageNotContaining("CANARY")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://tokens.acme.example",
                "https://tokens.acme.example/prod",
                "http://127.0.0.1:8787",
                "http://localhost:8787",
                "http://[::1]:8787",
            })
    void takesHttpsAndLoopback(String text) {
        assertThat(IssuerUrl.of(text)).hasToString(text);
    }

    @Test
    void ignoresOneTrailingSlash() {
        IssuerUrl url = IssuerUrl.of("https://tokens.acme.example/prod/");
        assertThat(url).isEqualTo(IssuerUrl.of("https://tokens.acme.example/prod"));
        assertThat(url.endpoint("/token")).hasToString("https://tokens.acme.example/prod/token");
        assertThat(url.isNamedBy("https://tokens.acme.example/prod/")).isTrue();
        assertThat(url.isNamedBy("https://tokens.acme.example/prod//")).isFalse();
        assertThat(url.isNamedBy("https://TOKENS.acme.example/prod")).isFalse();
    }
}

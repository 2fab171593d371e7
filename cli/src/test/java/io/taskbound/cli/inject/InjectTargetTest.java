// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.inject;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InjectTargetTest {
    @Test
    void isOneOriginAndAPathBelowIt() {
        assertThat(InjectTarget.parse("HTTPS://Signer.Acme.Example:443/v1/")).hasValueSatisfying(target -> {
            assertThat(target.origin()).isEqualTo(URI.create("https://signer.acme.example"));
            assertThat(target.base()).isEqualTo("/v1");
            assertThat(target.isOriginOf(URI.create("https://signer.acme.example/other")))
                    .isTrue();
            assertThat(target.isOriginOf(URI.create("http://signer.acme.example/v1")))
                    .isFalse();
            assertThat(target.isOriginOf(URI.create("https://signer.acme.example:8443/v1")))
                    .isFalse();
            assertThat(target.isOriginOf(URI.create("https://u@signer.acme.example/v1")))
                    .isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "signer.acme.example",
                "http://signer.acme.example",
                "ftp://127.0.0.1",
                "https://",
                "https://user:secret@signer.acme.example",
                "https://signer.acme.example/a?b=c",
                "https://signer.acme.example/#a",
                "https://signer.acme.example/a/../b",
                "https://signer.acme.example/%61",
                "https://signer.acme.example//a",
                "https://signer acme.example"
            })
    void isNothingElse(String text) {
        assertThat(InjectTarget.parse(text)).isEmpty();
    }
}

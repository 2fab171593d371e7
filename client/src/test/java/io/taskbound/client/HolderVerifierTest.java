// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HolderVerifierTest {
    static Stream<Map<?, ?>> vectors() throws Exception {
        var text = Files.readString(Path.of("..", "contract", "holder.json"));
        return JSONArrayUtils.parse(text).stream().map(Map.class::cast);
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void belongsToOneChallenge(Map<?, ?> vector) {
        var text = (String) vector.get("verifier");
        if (vector.get("challenge") == null) {
            assertThatThrownBy(() -> HolderVerifier.of(text)).isInstanceOf(IllegalArgumentException.class);
        } else {
            assertThat(HolderVerifier.of(text).challenge()).isEqualTo(vector.get("challenge"));
        }
    }

    @Test
    void isAnotherOneForEachRequest() {
        assertThat(Samples.request().holder().reveal())
                .matches("[A-Za-z0-9_-]{43}")
                .isNotEqualTo(Samples.request().holder().reveal());
    }

    @Test
    void staysTheSameHoweverTheRequestIsChanged() {
        var request = Samples.request();

        assertThat(request.withLease(java.time.Duration.ofSeconds(60)).holder()).isSameAs(request.holder());
        assertThat(request.withTxn(Samples.TXN).holder()).isSameAs(request.holder());
    }

    @Test
    void isSilent() {
        assertThat(Samples.request().toString())
                .doesNotContain(Samples.request().holder().reveal());
        assertThat(Samples.HOLDER).hasToString("HolderVerifier[secret]");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import io.taskbound.token.Es256PublicKey;
import io.taskbound.token.KeyThumbprint;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProofReaderTest {
    private static final RequestUrl URL = RequestUrl.of(Vectors.URL).orElseThrow();

    static List<Vectors.Vector> vectors() {
        return Vectors.all();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void agreesWithTheContract(Vectors.Vector vector) {
        var fault = ProofReader.read(new ProofText(vector.proof()))
                .match(
                        proof -> proof.faultFor(Vectors.METHOD, URL, Duration.ofSeconds(60), Vectors.NOW)
                                .or(() -> proof.faultForToken(Vectors.TOKEN, Vectors.BOUND_TO)),
                        Optional::of);

        assertThat(fault.map(bad -> bad.rule().name().toLowerCase(Locale.ROOT)))
                .as("%s", fault)
                .isEqualTo(vector.breaks());
    }

    @Test
    void theContractHasEachRuleThatAProofAloneCanBreak() {
        assertThat(vectors().stream().flatMap(vector -> vector.breaks().stream()))
                .contains("form", "request", "time", "key", "token");
        assertThat(vectors().stream().filter(vector -> vector.breaks().isEmpty()))
                .hasSizeGreaterThan(5);
    }

    @Test
    void saysWhatItReads() {
        var proof = (Proof) ProofReader.read(new ProofText(proof("a nonce")));

        assertThat(proof.key()).isEqualTo(Vectors.BOUND_TO);
        assertThat(proof.nonce()).contains("SGVsbG8gbm9uY2U");
        assertThat(proof.id()).isEqualTo("zYw1pV6rGJ8oN0n7bM2k3A");
        assertThat(proof).hasToString("Proof[" + Vectors.BOUND_TO + "]");
    }

    private static String proof(String name) {
        return vectors().stream()
                .filter(vector -> vector.name().equals(name))
                .findFirst()
                .orElseThrow()
                .proof();
    }

    @Test
    void namesAKeyAsNimbusDoes() throws Exception {
        for (int i = 0; i < 20; i++) {
            var key = new ECKeyGenerator(Curve.P_256).generate();
            var ours = Es256PublicKey.of(key.getX().toString(), key.getY().toString())
                    .orElseThrow();
            assertThat(ours.thumbprint())
                    .isEqualTo(new KeyThumbprint(key.computeThumbprint().toString()));
        }
    }
}

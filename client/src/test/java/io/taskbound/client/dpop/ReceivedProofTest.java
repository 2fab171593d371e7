// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.Vectors;
import io.taskbound.client.resource.Presented;
import io.taskbound.client.resource.Scheme;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a server hands on of the proofs that it receives; the packages for Node and Python read the same cases. */
class ReceivedProofTest {
    private static final Vectors FILE = Vectors.read("dpop.json");

    static Stream<Arguments> vectors() {
        return FILE.cases("vectors");
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void whatLooksLikeOneJwtIsHandedOnAsItCameAndAllElseIsMalformed(Map<String, Object> vector) {
        var proof = (String) vector.get("proof");
        var presented = Presented.read(List.of("DPoP " + FILE.text("token")), List.of(proof));

        if (Boolean.FALSE.equals(vector.get("one_jwt"))) {
            assertThat(presented).isEqualTo(new Presented.Malformed("the header DPoP is not one JWT"));
        } else {
            assertThat(presented).isInstanceOfSatisfying(Presented.Token.class, token -> {
                assertThat(token.token().reveal()).isEqualTo(FILE.text("token"));
                assertThat(token.scheme()).isEqualTo(Scheme.DPOP);
                assertThat(token.proof()).contains(proof);
            });
        }
    }
}

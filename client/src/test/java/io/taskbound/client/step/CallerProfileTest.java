// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the exact claim sets of the CI systems, {@code contract/samples}. */
class CallerProfileTest {
    private static final Set<String> RECOGNISED = Set.of("github", "gitlab", "jenkins");

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(Samples.ROOT.resolve("contract/samples"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().endsWith(".caller.json"))
                    // No step runs there, so nobody prints its refusal.
                    .filter(file -> !file.endsWith("outside-a-build.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void recognisesTheSystemByItsClaims(Path sample) throws IOException {
        String system = sample.getParent().getFileName().toString();
        assertThat(CallerProfile.of(claims(sample)).profile())
                .isEqualTo(RECOGNISED.contains(system) ? system : "other");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void canProposeARuleForEverySample(Path sample) throws IOException {
        UnverifiedClaims claims = claims(sample);
        assertThat(new ProposedRule(claims, CallerProfile.of(claims)).lines()).contains("    allow:");
    }

    private static UnverifiedClaims claims(Path sample) throws IOException {
        return UnverifiedClaims.of(Samples.idTokenWith(Files.readString(sample)))
                .orElseThrow();
    }
}

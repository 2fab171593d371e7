// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Samples;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.Vectors;
import io.taskbound.client.internal.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against the exact claim sets of the CI systems, {@code contract/samples}. */
class CallerProfileTest {
    private static final Set<String> RECOGNISED =
            Set.of("github", "gitlab", "buildkite", "circleci", "kubernetes", "jenkins");

    private static final String FOLDER = "io/taskbound/identity/profiles";
    private static final CallerProfiles PROFILES = CallerProfiles.ofThisJar();

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
        assertThat(PROFILES.of(claims(sample)).name())
                .isEqualTo(Optional.of(system).filter(RECOGNISED::contains));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void canProposeARuleForEverySample(Path sample) throws IOException {
        UnverifiedClaims claims = claims(sample);
        assertThat(new ProposedRule(claims, PROFILES.of(claims)).lines()).contains("    allow:");
    }

    @Test
    void readsTheFilesOfTheIssuer() throws IOException {
        Path folder = Samples.ROOT.resolve("issuer-lambda/src/main/resources").resolve(FOLDER);
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.toList())
                    .hasSizeGreaterThan(7)
                    .allSatisfy(file -> assertThat(
                                    CallerProfile.class.getResourceAsStream("/" + FOLDER + "/" + file.getFileName()))
                            .as("in this jar")
                            .hasBinaryContent(Files.readAllBytes(file)));
        }
    }

    /** The issuer's part of it is AddedProviderTest. */
    @Test
    void oneFileAddsACiSystem() throws IOException {
        Vectors added = Vectors.read("added-provider.json");
        String file = Files.readString(Samples.ROOT
                .resolve("issuer-lambda/src/test/resources")
                .resolve(FOLDER)
                .resolve("azure-devops.json"));
        CallerProfile azure =
                CallerProfile.read(JsonObject.parse(file).orElseThrow()).orElseThrow();
        IdToken idToken = Samples.idTokenWith(JSONObjectUtils.toJSONString(added.object("claims")));
        TaskDetail detail = TaskDetail.of((String) added.object("details").get("task"), "sign", (String)
                added.object("details").get("identifier"));

        assertThat(RefusalText.of(
                        IssuerUrl.of(added.text("issuer")),
                        TaskRequest.of(detail),
                        idToken,
                        Samples.refused(added.object("refusal"), idToken, false),
                        new CallerProfiles(List.of(azure)),
                        Instant.ofEpochSecond(added.whole("now"))))
                .isEqualTo(String.join("\n", added.texts("text")));
        assertThat(PROFILES.of(UnverifiedClaims.of(idToken).orElseThrow()).name())
                .isEmpty();
    }

    private static UnverifiedClaims claims(Path sample) throws IOException {
        return UnverifiedClaims.of(Samples.idTokenWith(Files.readString(sample)))
                .orElseThrow();
    }
}

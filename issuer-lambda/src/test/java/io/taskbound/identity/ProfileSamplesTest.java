// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNull;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.local.StandInProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every claim set in contract/samples is signed, verified and read. */
class ProfileSamplesTest {
    private static final Path SAMPLES = Path.of(System.getProperty("taskbound.root", ".."), "contract", "samples");

    static List<Path> samples() throws IOException {
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> !file.toString().endsWith(".caller.json"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void readsTheCallerThatTheSampleDescribes(Path sample) throws IOException {
        var caller = read(sample).caller();
        var expected =
                Proven.json(Files.readString(Path.of(sample.toString().replaceFirst("\\.json$", ".caller.json"))));

        assertThat(caller.subjects()).containsExactlyInAnyOrderElementsOf(strings(expected, "subjects"));
        assertThat(caller.subjects()).contains(caller.subject());
        assertThat(caller.stableSubject())
                .isEqualTo(expected.string("stable_subject").orElseThrow());
        assertThat(caller.job()).isEqualTo(expected.string("job"));
        assertThat(caller.projectName()).isEqualTo(expected.string("project_name"));
        assertThat(caller.projectId()).isEqualTo(expected.string("project_id"));
        assertThat(caller.startedBy()).isEqualTo(expected.string("started_by"));
        assertThat(caller.link()).isEqualTo(expected.string("link"));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void namesTheRunOrElseTheProofItself(Path sample) throws IOException {
        var identity = read(sample);
        var expected =
                Proven.json(Files.readString(Path.of(sample.toString().replaceFirst("\\.json$", ".caller.json"))));
        var run = expected.string("run").orElseThrow();

        assertThat(identity.caller().run())
                .isEqualTo(run.equals("proof") ? "proof:" + identity.proof().proofKey() : run);
    }

    @ParameterizedTest
    @MethodSource("samples")
    void neverShowsAClaimInToStringButIdsAndRun(Path sample) throws IOException {
        assertThat(read(sample).toString()).doesNotContain("jti", "aud", "actor", "@example.com");
    }

    /** So that the policy's author is told of a value that no ID token ever has. */
    @ParameterizedTest
    @MethodSource("samples")
    void knowsEveryClaimAndItsType(Path sample) throws IOException {
        var known = Profiles.named(profileOf(sample)).orElseThrow().claims();
        assertKnown(known, List.of(), Proven.json(Files.readString(sample)));
    }

    private static void assertKnown(KnownClaims known, List<String> holder, JsonObject claims) {
        claims.members().forEach((name, value) -> {
            var path = Stream.concat(holder.stream(), Stream.of(name)).toList();
            var claim = known.find(path);
            assertThat(known.mayHaveMore() || claim.isPresent() || (value instanceof JsonObject && !holder.isEmpty()))
                    .as(path.toString())
                    .isTrue();
            claim.filter(what -> value != JsonNull.NULL && !value.equals(new JsonString("")))
                    .ifPresent(what ->
                            assertThat(what.fits(value)).as(path + " " + what).isTrue());
            if (value instanceof JsonObject inner) {
                assertKnown(known, path, inner);
            }
        });
    }

    @Test
    void hasASampleForEveryProfileAndForNothingElse() throws IOException {
        assertThat(samples().stream().map(ProfileSamplesTest::profileOf).distinct())
                .containsExactlyInAnyOrderElementsOf(Profiles.names());
    }

    @Test
    void theStandInProviderSignsTheClaimsOfTheSamples() throws IOException {
        try (var provider = StandInProvider.start(Clock.systemUTC())) {
            assertThat(names(Proven.json(provider.githubImmutable("acme/shop", "main"))))
                    .isEqualTo(names(without(
                            sample("github/push-immutable.json"),
                            "enterprise",
                            "enterprise_id",
                            "repo_property_team")));
            assertThat(names(Proven.json(provider.jenkins("shop/release/main", 42))))
                    .isEqualTo(names(sample("jenkins/build.json")));
            assertThat(names(Proven.json(provider.gitlab("my-group/sub/my-project", "main"))))
                    .isEqualTo(names(sample("gitlab/subgroup-tag.json")));
            assertThat(names(Proven.json(provider.buildkite("acme-inc", "shop", "main"))))
                    .isEqualTo(names(sample("buildkite/step.json")));
            assertThat(names(Proven.json(provider.circleci("8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03"))))
                    .isEqualTo(names(sample("circleci/workflow.json")));
            assertThat(names(Proven.json(provider.kubernetes("ci", "release"))))
                    .isEqualTo(names(sample("kubernetes/pod.json")));
        }
    }

    private static Identity read(Path sample) throws IOException {
        var claims = Proven.json(Files.readString(sample));
        var audience = claims.get("aud").orElseThrow() instanceof JsonArray array
                ? ((JsonString) array.items().get(0)).value()
                : claims.string("aud").orElseThrow();
        var provider = Proven.provider(profileOf(sample), claims.string("iss").orElseThrow(), audience);
        return Proven.identity(provider, claims);
    }

    private static String profileOf(Path sample) {
        return sample.getParent().getFileName().toString();
    }

    private static JsonObject sample(String name) throws IOException {
        return Proven.json(Files.readString(SAMPLES.resolve(name)));
    }

    private static JsonObject without(JsonObject claims, String... names) {
        var rest = new java.util.LinkedHashMap<>(claims.members());
        rest.keySet().removeAll(List.of(names));
        return new JsonObject(rest);
    }

    private static java.util.Set<String> names(JsonObject claims) {
        return claims.members().keySet();
    }

    private static List<String> strings(JsonObject object, String name) {
        return object.array(name).orElseThrow().items().stream()
                .map(item -> ((JsonString) item).value())
                .toList();
    }
}

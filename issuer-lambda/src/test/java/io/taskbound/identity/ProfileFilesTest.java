// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every profile file must hold to, so that a forgotten line or a misspelt member fails the build. */
class ProfileFilesTest {

    static List<String> names() {
        return Profiles.names();
    }

    @Test
    void areThoseOfTheIndex() throws IOException {
        try (Stream<Path> files = Files.list(ProfileFiles.FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.equals("index.txt")))
                    .containsExactlyInAnyOrderElementsOf(
                            names().stream().map(name -> name + ".json").toList());
        }
    }

    @Test
    void fitEveryCallerWithTheLastOneAlone() {
        assertThat(names().stream()
                        .filter(name -> ProfileFiles.shipped(name)
                                .object("refusal")
                                .filter(refusal -> !refusal.has("recognised_by"))
                                .isPresent()))
                .containsExactly(names().get(names().size() - 1))
                .containsExactly("generic");
    }

    @ParameterizedTest
    @MethodSource("names")
    void bearTheirOwnNames(String name) {
        assertThat(Profiles.named(name).orElseThrow().name()).isEqualTo(name);
    }

    /** The reader refuses those at the top; of the members below, the issuer does not read them all. */
    @ParameterizedTest
    @MethodSource("names")
    void holdNoUnknownMember(String name) {
        var file = ProfileFiles.shipped(name);
        onlyKnown(file.object("project"), "name", "id", "path");
        onlyKnown(file.object("default_events"), "claim", "allowed", "started_by_strangers");
        onlyKnown(file.object("web_hosts"), "drop_prefix", "hosts");
        var ownable = file.object("ownable").orElse(JsonObject.EMPTY);
        ownable.members().keySet().forEach(claim -> onlyKnown(ownable.object(claim), "id", "path", "immutable"));
        var refusal = file.object("refusal");
        onlyKnown(
                refusal, "recognised_by", "shown", "bind", "bind_without", "bind_value", "bind_notes", "ignores_case");
        onlyKnown(refusal.flatMap(part -> part.object("recognised_by")), "claims", "sub");
    }

    @ParameterizedTest
    @MethodSource("names")
    void sayWhatARefusalShowsAndProposesIfTheySayAnythingOfIt(String name) {
        ProfileFiles.shipped(name).object("refusal").ifPresent(refusal -> {
            assertThat(texts(refusal, "shown")).isNotEmpty();
            assertThat(texts(refusal, "bind")).isNotEmpty();
            assertThat(Profiles.named(name).orElseThrow().tenantClaims())
                    .as("the claim that is bound first names the tenant")
                    .contains(texts(refusal, "bind").get(0));
            for (var condition : List.of("bind_without", "bind_value", "bind_notes")) {
                refusal.object(condition)
                        .ifPresent(claims -> assertThat(texts(refusal, "bind"))
                                .containsAll(claims.members().keySet()));
            }
            refusal.object("recognised_by").ifPresent(marks -> {
                assertThat(marks.members()).isNotEmpty();
                marks.string("sub").ifPresent(Pattern::compile);
            });
        });
    }

    @ParameterizedTest
    @MethodSource("names")
    void countOwnersSegmentsOrSayAll(String name) {
        var segments = ProfileFiles.shipped(name).object("owner_segments").orElse(JsonObject.EMPTY);
        segments.members()
                .keySet()
                .forEach(claim -> assertThat(segments.wholeNumber(claim)
                                .orElse(
                                        segments.string(claim)
                                                        .filter("all"::equals)
                                                        .isPresent()
                                                ? 1
                                                : 0))
                        .as(claim)
                        .isPositive());
    }

    private static void onlyKnown(Optional<JsonObject> part, String... known) {
        part.ifPresent(object -> assertThat(object.members().keySet()).isSubsetOf(known));
    }

    private static List<String> texts(JsonObject object, String name) {
        return object.array(name).orElse(JsonArray.EMPTY).items().stream()
                .map(item -> ((JsonString) item).value())
                .toList();
    }
}

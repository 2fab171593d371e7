// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.terminal.ProcessEnvironment;
import io.taskbound.client.TaskToken;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.StrictJson;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** contract/environment.json, the cases of this wrapper. */
class ChildEnvironmentTest {
    private static final JsonObject FILE = file();
    private static final JsonObject TOKEN = FILE.object("token").orElseThrow();

    private static JsonObject file() {
        try {
            var root = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
            return StrictJson.parseObject(Files.readAllBytes(root.resolve("contract/environment.json")));
        } catch (Exception unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    static Stream<Arguments> cases() {
        return FILE.array("cases").orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .filter(one -> one.string("wrapper").equals(Optional.of("run")))
                .map(one -> Arguments.of(Named.of(one.string("name").orElseThrow(), one)));
    }

    @Test
    void theFileHasCasesOfThisWrapper() {
        assertThat(cases()).hasSizeGreaterThan(5);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isAsTheVectorSays(JsonObject vector) {
        assertThat(of(vector).from(texts(vector, "given"))).isEqualTo(texts(vector, "expected"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void makesTheBuildersEnvironmentJustThat(JsonObject vector) {
        var builders = new HashMap<>(Map.of("PATH", "/bin", "STALE", "x", "TASKBOUND_HANDLE", "old"));
        ProcessEnvironment.replace(builders, of(vector).from(texts(vector, "given")));
        assertThat(builders).isEqualTo(texts(vector, "expected"));
    }

    @Test
    void takesAnOuterTokenAwayWhateverItsCase() {
        assertThat(canary().from(Map.of("taskbound_token", "old"))).doesNotContainKey("taskbound_token");
    }

    @Test
    void staysSilentAboutTheToken() {
        assertThat(canary().toString()).doesNotContain("CANARY");
    }

    private static ChildEnvironment canary() {
        var added = ChildEnvironment.Added.token(TaskToken.of("CANARY"), "R.P", Path.of("t"), Path.of("h"));
        return ChildEnvironment.without(added, Optional.empty(), Set.of());
    }

    private static ChildEnvironment of(JsonObject vector) {
        var added = vector.string("address")
                .map(address -> ChildEnvironment.Added.address(
                        URI.create(address), TOKEN.string("handle").orElseThrow(), texts(vector, "given")))
                .orElseGet(ChildEnvironmentTest::token);
        var audiences = Stream.of(FILE.string("issuer"), vector.string("id_token_audience"))
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
        return vector.bool("pass_id_token").orElseThrow()
                ? ChildEnvironment.passingIdTokens(added)
                : ChildEnvironment.without(added, vector.string("id_token_env"), audiences);
    }

    private static ChildEnvironment.Added token() {
        return ChildEnvironment.Added.token(
                TaskToken.of(TOKEN.string("token").orElseThrow()),
                TOKEN.string("handle").orElseThrow(),
                Path.of(TOKEN.string("token_file").orElseThrow()),
                Path.of(TOKEN.string("header_file").orElseThrow()));
    }

    private static Map<String, String> texts(JsonObject vector, String member) {
        var texts = new HashMap<String, String>();
        vector.object(member)
                .orElseThrow()
                .members()
                .forEach((name, value) -> texts.put(name, ((JsonString) value).value()));
        return texts;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.idtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskbound.cli.proxy.EnvironmentProxies;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** contract/ci-systems.json: what an ID token is asked with, or what is said where none can be had. */
class CiSystemsTest {
    private static final Path ROOT =
            Path.of(Optional.ofNullable(System.getProperty("taskbound.root")).orElse(".."));
    private static final String ISSUER = "https://tokens.acme.example";

    private static JsonObject contract() throws Exception {
        return StrictJson.parseObject(Files.readAllBytes(ROOT.resolve("contract/ci-systems.json")));
    }

    static Stream<Case> cases() throws Exception {
        return contract().array("cases").orElseThrow().items().stream().map(item -> new Case((JsonObject) item));
    }

    record Case(JsonObject vector) {
        Map<String, String> environment() {
            var environment = new HashMap<String, String>();
            vector.object("environment")
                    .orElseThrow()
                    .members()
                    .forEach((name, value) -> environment.put(name, text(value)));
            return environment;
        }

        Optional<List<String>> texts(String member) {
            return vector.array(member)
                    .map(texts ->
                            texts.items().stream().map(CiSystemsTest::text).toList());
        }

        @Override
        public String toString() {
            return vector.string("name").orElseThrow();
        }
    }

    private static String text(JsonValue value) {
        return ((JsonString) value).value();
    }

    private static IdTokenSource source(Map<String, String> environment) throws Complaint {
        var silence = new PrintStream(OutputStream.nullOutputStream());
        var context = new CommandContext(
                silence, silence, new ByteArrayInputStream(new byte[0]), environment, false, Clock.systemUTC());
        return new IdTokenOptions().source(context, EnvironmentProxies.of(context), ISSUER);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void asksOrSaysWhatTheContractSays(Case one) throws Exception {
        assertThat(one.texts("asks").isPresent()).isNotEqualTo(one.texts("says").isPresent());
        if (one.texts("asks").isPresent()) {
            assertThat(((JobsOwnProgram) source(one.environment())).line(ISSUER))
                    .isEqualTo(one.texts("asks").get());
        } else {
            var complaint = catchThrowableOfType(Complaint.class, () -> source(one.environment()));
            assertThat(List.of(complaint.what(), complaint.remedy()))
                    .isEqualTo(one.texts("says").orElseThrow());
        }
    }

    @Test
    void theContractHasEverySystem() throws Exception {
        assertThat(contract().string("audience")).contains(ISSUER);
        var recognised = cases().flatMap(one -> CiSystem.of(context(one.environment())).stream());
        assertThat(recognised).contains(CiSystem.values());
    }

    private static CommandContext context(Map<String, String> environment) {
        return new CommandContext(
                System.out, System.err, new ByteArrayInputStream(new byte[0]), environment, false, Clock.systemUTC());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void anIdTokenThatIsThereIsTakenFirst(Case one) throws Exception {
        var environment = one.environment();
        environment.put("TASKBOUND_ID_TOKEN", "x.y.z");
        assertThat(source(environment)).isInstanceOf(IdTokenVariable.class);
    }

    @Test
    void theRunnerOfGithubIsAskedFirst() throws Exception {
        var environment = Map.of(
                "BUILDKITE", "true",
                "ACTIONS_ID_TOKEN_REQUEST_URL", "http://127.0.0.1/id",
                "ACTIONS_ID_TOKEN_REQUEST_TOKEN", "r");
        assertThat(source(environment)).isInstanceOf(GithubIdToken.class);
    }

    /** Whatever it is, it stays one JSON string, and so one argument. */
    @Test
    void anAudienceOfOnesOwnIsQuoted() {
        var circleci = new JobsOwnProgram(CiSystem.CIRCLECI, context(Map.of()));
        assertThat(circleci.line("a\"b\\c")).endsWith("{\"aud\": \"a\\\"b\\\\c\"}");
    }

    @Test
    void saysWhatToDoWhereTheProgramIsNotFound() {
        for (var system : List.of(CiSystem.BUILDKITE, CiSystem.CIRCLECI)) {
            var nowhere = new JobsOwnProgram(system, context(Map.of()));
            var complaint = catchThrowableOfType(Complaint.class, () -> nowhere.fetch(ISSUER));
            assertThat(complaint.what()).startsWith("No ID token: ").endsWith(" was not found in the PATH.");
            assertThat(complaint.remedy()).isEqualTo(system.advice(ISSUER)).contains("--id-token-command SHELL");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.ChildJvm;
import io.taskbound.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each recipe starts, started: granted, used and closed; twice; refused; and where nobody answers. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the recipes are lines of a POSIX shell")
class RecipesIT {
    private static final String DEPLOY =
            "test -n \"$TASKBOUND_TOKEN\" && test -s \"$TASKBOUND_HEADER_FILE\" && echo deployed";

    @TempDir
    private Path folder;

    static List<Recipe> recipes() {
        return Recipe.ALL;
    }

    @BeforeEach
    void layOut() throws IOException {
        script("bin/taskbound", "exec '" + String.join("' '", ChildJvm.forRun()) + "' \"$@\"");
        Files.createDirectory(folder.resolve("new"));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void deploysWithATokenThatIsClosedAfterwards(Recipe recipe) throws Exception {
        try (var issuer = RecipeIssuer.start(recipe)) {
            sign(issuer.idToken());
            var ran = run(recipe, issuer.url(), "deploy", DEPLOY);
            assertThat(ran.out()).as(ran.err() + issuer.audit()).isEqualTo("deployed\n");
            assertThat(ran.code()).isZero();
            assertThat(issuer.granted()).isEqualTo(1);
            assertThat(issuer.closed()).isEqualTo(1);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("recipes")
    void endsWithTheCommandsExitCodeAndClosesAllTheSame(Recipe recipe) throws Exception {
        try (var issuer = RecipeIssuer.start(recipe)) {
            sign(issuer.idToken());
            assertThat(run(recipe, issuer.url(), "deploy", "exit 7").code()).isEqualTo(7);
            assertThat(issuer.closed()).isEqualTo(1);
        }
    }

    /** A recipe that asks gets a new one; another one has its ID token for one exchange. */
    @Tag("long")
    @ParameterizedTest
    @MethodSource("recipes")
    void runsTwiceWhereItAsksForAnIdTokenAndElseIsRefused(Recipe recipe) throws Exception {
        try (var issuer = RecipeIssuer.start(recipe)) {
            sign(issuer.idToken(), issuer.idToken());
            assertThat(run(recipe, issuer.url(), "deploy", DEPLOY).code()).isZero();
            var second = run(recipe, issuer.url(), "deploy", DEPLOY);
            if (recipe.asked().isPresent()) {
                assertThat(second.out()).as(second.err()).isEqualTo("deployed\n");
                assertThat(issuer.closed()).isEqualTo(2);
            } else {
                assertThat(second.code()).isEqualTo(1);
                assertThat(second.out()).isEmpty();
                assertThat(second.err()).contains("was it used before?");
            }
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("recipes")
    void runsNothingForAStranger(Recipe recipe) throws Exception {
        try (var issuer = RecipeIssuer.start(recipe)) {
            sign(issuer.strangersIdToken());
            refused(run(recipe, issuer.url(), "deploy", DEPLOY), issuer);
        }
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("recipes")
    void runsNothingForATaskThatThePolicyDoesNotHave(Recipe recipe) throws Exception {
        try (var issuer = RecipeIssuer.start(recipe)) {
            sign(issuer.idToken());
            refused(run(recipe, issuer.url(), "sign", DEPLOY), issuer);
        }
    }

    private static void refused(Ran ran, RecipeIssuer issuer) {
        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(issuer.granted()).isZero();
    }

    /** It tries several times, so this takes a while. */
    @Tag("long")
    @ParameterizedTest
    @MethodSource("recipes")
    void runsNothingWhenTheIssuerDoesNotAnswer(Recipe recipe) throws Exception {
        String url;
        try (var issuer = RecipeIssuer.start(recipe)) {
            sign(issuer.idToken());
            url = issuer.url();
        }
        var ran = run(recipe, url, "deploy", DEPLOY);
        assertThat(ran.code()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("no connection to");
    }

    @Tag("long")
    @ParameterizedTest
    @MethodSource("recipes")
    void runsNothingWhenNoIdTokenIsToBeHad(Recipe recipe) throws Exception {
        try (var issuer = RecipeIssuer.start(recipe)) {
            sign("");
            var ran = run(recipe, issuer.url(), "deploy", DEPLOY);
            refused(ran, issuer);
            assertThat(ran.err()).containsAnyOf("does not hold an ID token", "is empty", "id_tokens:");
        }
    }

    /** Each is printed once by the program that is asked; the first is the job's own. */
    private void sign(String... idTokens) throws IOException {
        Files.writeString(folder.resolve("id-token"), idTokens[0]);
        for (int i = 0; i < idTokens.length; i++) {
            Files.writeString(folder.resolve("new/" + i + ".jwt"), idTokens[i]);
        }
    }

    private Ran run(Recipe recipe, String issuer, String task, String script) throws Exception {
        if (recipe.asked().isPresent()) {
            var asked = recipe.asked().get();
            script(
                    "bin/" + asked.program(),
                    "test \"$*\" = '" + asked.words().replace("ISSUER", issuer)
                            + "' && mv \"$(ls new/*.jwt | head -n 1)\" new/printed && cat new/printed");
        }
        var start = recipe.start(issuer, task, script, folder.resolve("id-token"));
        var builder = new ProcessBuilder(start.command())
                .directory(folder.toFile())
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(start.environment());
        builder.environment().put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        var command = start.command().get(0);
        if (command.equals("taskbound")) {
            builder.command().set(0, folder.resolve("bin/taskbound").toString());
        }
        var process = builder.start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        return new Ran(
                process.exitValue(), Files.readString(folder.resolve("out")), Files.readString(folder.resolve("err")));
    }

    private void script(String name, String body) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.HttpDynamo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The zip that is deployed, unpacked, under AWS's Lambda runtime interface emulator, with form bodies in base64. */
class FunctionUnderEmulatorIT {
    private static final Path ROOT = Path.of(System.getProperty("taskbound.root", "."));

    @TempDir
    private static Path folder;

    private static HttpDynamo dynamo;
    private static FunctionScene scene;
    private static LambdaEmulator emulator;

    @BeforeAll
    static void start() throws Exception {
        var tool = tool();
        var unpacked = FunctionProcess.unpack(
                Path.of(System.getProperty("taskbound.lambda.zip")), Files.createDirectory(folder.resolve("task")));
        dynamo = HttpDynamo.start();
        FunctionScene.createTables(dynamo);
        scene = new FunctionScene(folder, dynamo);
        emulator = LambdaEmulator.start(tool, FunctionLaunch.managed(unpacked), scene.settings);
    }

    private static Path tool() throws IOException, InterruptedException {
        try {
            return LambdaEmulator.installed(ROOT);
        } catch (LambdaEmulator.Unavailable notHere) {
            return abort("NOT RUN: the Lambda runtime interface emulator: " + notHere.getMessage());
        }
    }

    @AfterAll
    static void stop() {
        Optional.ofNullable(emulator).ifPresent(LambdaEmulator::close);
        Optional.ofNullable(scene).ifPresent(FunctionScene::close);
        Optional.ofNullable(dynamo).ifPresent(HttpDynamo::close);
    }

    @Test
    void mintsAndRedeemsOnceAndNoMore() throws Exception {
        var token = minted();
        assertThat(emulator.log()).doesNotContain(token);

        assertThat(ask(FunctionScene.redeem(token)).bool("active")).contains(true);
        assertThat(ask(FunctionScene.redeem(token)).string("reason")).contains("spent");
    }

    @Test
    void introspectsATokenUntilItIsRevoked() throws Exception {
        var token = minted(scene.mintDeploy());
        assertThat(ask(FunctionScene.introspect(token)).bool("active")).contains(true);

        ask(FunctionScene.post("/revoke", Map.of("token", token)));

        assertThat(ask(FunctionScene.introspect(token)).bool("active")).contains(false);
    }

    @Test
    void refusesWhatIsNoEventAndGoesOn() throws Exception {
        assertThat(StrictJson.parseObject(emulator.invoke("[]").getBytes(UTF_8)).wholeNumber("statusCode"))
                .hasValue(400);
        minted();
    }

    private static String minted() throws Exception {
        return minted(scene.mint());
    }

    private static String minted(String event) throws Exception {
        return ask(event).string("access_token").orElseThrow();
    }

    private static JsonObject ask(String event) throws IOException, InterruptedException, MalformedJson {
        var answer = emulator.invoke(event);
        var read = StrictJson.parseObject(answer.getBytes(UTF_8));
        assertThat(read.wholeNumber("statusCode")).as(answer).hasValue(200);
        return body(read);
    }

    private static JsonObject body(JsonObject answer) throws MalformedJson {
        return StrictJson.parseObject(answer.string("body").orElseThrow().getBytes(UTF_8));
    }
}

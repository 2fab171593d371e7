// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.HttpDynamo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The function from the very zip that is deployed, under the real runtime interface client, with DynamoDB Local and a
 * stand-in of KMS over HTTP. What is asked here is what no test in this process can tell: class path, hooks, the form
 * of events and failures.
 */
class FunctionRuntimeIT {
    private static final HttpDynamo DYNAMO = HttpDynamo.start();

    @TempDir
    private static Path folder;

    private static Path unpacked;
    private FunctionScene scene;
    private RuntimeApi api;

    @BeforeAll
    static void unpackAndMakeTables() throws IOException {
        unpacked = FunctionProcess.unpack(
                Path.of(System.getProperty("taskbound.lambda.zip")), Files.createDirectory(folder.resolve("task")));
        FunctionScene.createTables(DYNAMO);
    }

    @AfterAll
    static void stopDynamo() {
        DYNAMO.close();
    }

    @BeforeEach
    void wire() throws Exception {
        api = new RuntimeApi();
        scene = new FunctionScene(folder, DYNAMO);
    }

    @AfterEach
    void stop() {
        api.close();
        scene.close();
    }

    @Test
    void mintsRedeemsAndRevokes() throws Exception {
        try (var function = start()) {
            var granted = body(200, mint());
            var token = granted.string("access_token").orElseThrow();

            assertThat(redeem(token).bool("active")).contains(true);
            assertThat(redeem(token).string("reason")).contains("spent");
            var other = body(200, mint()).string("access_token").orElseThrow();
            body(200, post("/revoke", Map.of("token", other)));
            assertThat(redeem(other).string("reason")).contains("closed");
            assertThat(function.log()).contains("\"result\":\"granted\"").doesNotContain(token, other);
        }
    }

    @Test
    void publishesItsKeyAndSaysThatItIsWell() throws Exception {
        try (var function = start()) {
            var keys = body(200, api.invoke(LambdaEvents.get("/.well-known/jwks.json")));
            assertThat(JsonText.of(keys)).contains("\"alg\":\"ES256\"").doesNotContain("\"d\":");
            assertThat(body(200, api.invoke(LambdaEvents.get("/healthz"))).string("status"))
                    .contains("ok");
            assertThat(function.log()).doesNotContain("rehearsal failed");
        }
    }

    @Test
    void answersWhatIsNoEventOrTooLargeAndGoesOn() throws Exception {
        try (var function = start()) {
            for (var event : new String[] {"not json", "{}[", "{\"x\":\"" + "y".repeat(600_000) + "\"}"}) {
                assertThat(StrictJson.parseObject(api.invoke(event).getBytes(UTF_8))
                                .wholeNumber("statusCode"))
                        .hasValue(400);
            }
            body(200, mint());
            assertThat(function.log()).doesNotContain("Exception");
        }
    }

    @Test
    void failsItsInitWithOurSentence() throws Exception {
        scene.settings.remove("TASKBOUND_ISSUER_URL");
        scene.settings.put("TASKBOUND_SIGNING_KEY", "alias/taskbound");
        try (var function = start()) {
            assertThat(RuntimeApi.await(api.initFailure))
                    .contains("TASKBOUND_ISSUER_URL is not set: set it to the issuer's public https URL")
                    .contains("TASKBOUND_SIGNING_KEY must be the ARN of a KMS key");
        }
    }

    @Test
    void failsItsInitForAPolicyFileThatIsNone() throws Exception {
        scene.settings.put("TASKBOUND_POLICY_FILE", "policy-that-nobody-packaged.json");
        try (var function = start()) {
            assertThat(RuntimeApi.await(api.initFailure))
                    .contains("TASKBOUND_POLICY_FILE: policy-that-nobody-packaged.json cannot be read");
        }
    }

    @Test
    void startsWhileTheTableIsOutOfReachAndSaysSo() throws Exception {
        scene.settings.put("AWS_ENDPOINT_URL_DYNAMODB", "http://127.0.0.1:9");
        try (var function = start()) {
            var health = body(503, api.invoke(LambdaEvents.get("/healthz")));
            assertThat(JsonText.of(health)).contains("\"missing\":[\"table_unreachable\"]");
            body(503, mint());
        }
    }

    @Test
    void startsWithADisabledKeyAndSaysSo() throws Exception {
        scene.kms.disabled = true;
        assertIssuesNothingFor("signing_key_disabled");
    }

    @Test
    void startsWithAKeyOfAnotherKindAndSaysSo() throws Exception {
        scene.kms.keySpec = "ECC_NIST_P384";
        assertIssuesNothingFor("signing_key_of_wrong_kind");
    }

    private void assertIssuesNothingFor(String lack) throws IOException {
        try (var function = start()) {
            var health = body(503, api.invoke(LambdaEvents.get("/healthz")));
            assertThat(JsonText.of(health)).contains("\"missing\":[\"" + lack + "\"]");
            body(503, mint());
            assertThat(function.log()).contains("\"detail\":\"" + lack + "\"");
        }
    }

    @Test
    void issuesNothingOnATableWithoutTtl() throws Exception {
        scene.settings.put("TASKBOUND_TABLE", FunctionScene.NO_TTL);
        assertIssuesNothingFor("table_without_ttl");
    }

    @Test
    void isRestoredFromASnapshotWithTheKeyOfThatDay() throws Exception {
        scene.settings.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
        scene.kms.down = true;
        try (var function = FunctionProcess.start(FunctionLaunch.forSnapshot(unpacked, 1), api, scene.settings)) {
            RuntimeApi.await(api.snapshotTaken);
            assertThat(scene.kms.publicKeysGiven()).isZero();
            scene.kms.down = false;

            api.restoring.complete(null);

            body(200, mint());
            assertThat(scene.kms.publicKeysGiven()).isEqualTo(1);
        }
    }

    @Test
    void saysWhenNoPolicyWasPublished() throws Exception {
        scene.settings.remove("TASKBOUND_POLICY_FILE");
        assertIssuesNothingFor("policy_absent");
    }

    private FunctionProcess start() throws IOException {
        return FunctionProcess.start(unpacked, api, scene.settings);
    }

    private String mint() {
        return api.invoke(scene.mint());
    }

    private String post(String path, Map<String, String> form) {
        return api.invoke(FunctionScene.post(path, form));
    }

    private JsonObject redeem(String token) {
        return body(200, api.invoke(FunctionScene.redeem(token)));
    }

    private static JsonObject body(long status, String answer) {
        try {
            var read = StrictJson.parseObject(answer.getBytes(UTF_8));
            assertThat(read.wholeNumber("statusCode")).as(answer).hasValue(status);
            return StrictJson.parseObject(read.string("body").orElseThrow().getBytes(UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(answer, malformed);
        }
    }
}

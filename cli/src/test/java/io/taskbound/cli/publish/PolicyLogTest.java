// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import static io.taskbound.cli.publish.PublishScene.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.HttpDynamo;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PolicyLogTest {
    private static HttpDynamo dynamo;

    @TempDir
    private Path folder;

    private PublishScene scene;

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @BeforeEach
    void makeTable() {
        scene = new PublishScene(dynamo, folder);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void saysThatNothingIsInForce() {
        var ran = scene.policy("log");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("No version has been put in force yet");
    }

    @Test
    void listsNewestFirstWithWhoWhyAndWhatIsInForce() {
        scene.push(POLICY, "--message", "the first");
        scene.push(POLICY.replace("10m", "5m"));
        var ran = scene.policy("log");

        assertThat(ran.out().lines().toList().get(0)).startsWith("v2 ").contains("in force, unsigned", "local:");
        assertThat(ran.out().lines().toList().get(1)).startsWith("v1 ").contains("replaced");
        assertThat(ran.out().lines().toList().get(2)).contains("the first");
    }

    @Test
    void saysTheSameToTools() throws MalformedJson {
        scene.push(POLICY, "--message", "the first");
        var log = StrictJson.parseObject(
                scene.policy("log", "--json").out().strip().getBytes(StandardCharsets.UTF_8));
        var version = (JsonObject) log.array("versions").orElseThrow().items().get(0);

        assertThat(log.wholeNumber("in_force")).hasValue(1);
        assertThat(version.string("standing")).contains("in_force");
        assertThat(version.string("signature")).contains("absent");
        assertThat(version.string("message")).contains("the first");
        assertThat(version.string("by")).contains("local:" + System.getProperty("user.name"));
    }

    @Test
    void tellsAGoodSignatureFromAWrongOneAndFromNone() {
        try (var key = TestKey.make();
                var other = TestKey.make()) {
            key.publish(scene, POLICY);
            var history = History.read(scene.store);
            var release = history.releases().get(0);

            assertThat(new Signatures(Optional.of(key.key), scene.table).of(release))
                    .isEqualTo(Signatures.Finding.VERIFIED);
            assertThat(new Signatures(Optional.of(other.key), scene.table).of(release))
                    .isEqualTo(Signatures.Finding.WRONG);
            assertThat(new Signatures(Optional.of(other.key), scene.table).suffice(history))
                    .isFalse();
            assertThat(new Signatures(Optional.empty(), scene.table).of(release))
                    .isEqualTo(Signatures.Finding.NOT_CHECKED);
        }
    }

    @Test
    void makesWhatItPrintsHarmless() {
        scene.push(POLICY);
        var item = new java.util.HashMap<>(scene.item("R#1"));
        item.put("by", AttributeValue.fromS("ann\u001b[2J\nv9 forged"));
        item.put("me", AttributeValue.fromS("\u202emirrored"));
        scene.plant("R#1", item);
        var ran = scene.policy("log");

        assertThat(ran.out()).doesNotContain("\u001b", "\u202e").contains("ann\ufffd[2J\ufffdv9 forged");
        assertThat(ran.out().lines()).hasSize(2);
        assertThat(scene.policy("log", "--json").out()).matches("[ -~]+\\R").contains("\\u202emirrored");
    }

    @Test
    void saysWhenTheHeadNamesAVersionThatIsNotThere() {
        scene.push(POLICY);
        scene.plant("HEAD", Map.of("v", AttributeValue.fromN("44")));
        assertThat(scene.policy("log").err()).contains("The head names version 44, which does not exist");
    }

    @Test
    void refusesATableWhoseItemsCannotBeRead() {
        scene.push(POLICY);
        scene.plant("R#1", Map.of("v", AttributeValue.fromN("1")));
        var ran = scene.policy("log");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot be read").doesNotContain("Unexpected");
    }

    /** A chain that bites its own tail must not be followed for ever. */
    @Test
    void endsOnVersionsThatNameEachOther() {
        scene.push(POLICY);
        scene.push(POLICY.replace("10m", "5m"));
        scene.plant("HEAD", Map.of("v", AttributeValue.fromN("1")));
        assertThat(scene.policy("log").code()).isZero();
    }
}

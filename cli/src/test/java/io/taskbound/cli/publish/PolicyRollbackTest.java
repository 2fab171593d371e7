// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import static io.taskbound.cli.publish.PublishScene.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.digest.Sha256;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.local.HttpDynamo;
import io.taskbound.policy.PolicyVersion;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PolicyRollbackTest {
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
    void publishTwo() {
        scene = new PublishScene(dynamo, folder);
        scene.push(POLICY);
        scene.push(POLICY.replace("10m", "5m"));
    }

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void putsTheOldTextInForceAsANewVersion() {
        var ran = scene.policy("rollback", "1", "--yes", "--message", "builds need ten minutes");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains(
                        "What version 1 changes against v2 ",
                        "+ a token may live longer: max_lifetime 5m -> 10m",
                        "In force  v3 ");
        assertThat(scene.store.head()).isEqualTo(3);
        assertThat(scene.store.release(3).orElseThrow().version().hash())
                .isEqualTo(scene.store.release(1).orElseThrow().version().hash());
    }

    @Test
    void asksBeforeItDoes() {
        assertThat(scene.policy("rollback", "1").code()).isEqualTo(1);
        assertThat(scene.policy("rollback", "1", "--dry-run").out()).contains("nothing was written");
        assertThat(scene.store.head()).isEqualTo(2);
    }

    @Test
    void writesNothingForTheVersionInForce() {
        assertThat(scene.policy("rollback", "2", "--yes").out()).contains("already in force, as v2 ");
        assertThat(scene.store.head()).isEqualTo(2);
    }

    @Test
    void refusesAVersionThatIsNotThere() {
        assertThat(scene.policy("rollback", "7").err()).contains("There is no version 7", "policy log");
        assertThat(scene.policy("rollback", "0").err()).contains("Versions count from 1");
        assertThat(scene.policy("rollback", "-1").code()).isEqualTo(2);
        assertThat(scene.policy("rollback", "one").code()).isEqualTo(2);
    }

    @Test
    void refusesATextThatIsNotWhatWasPublished() {
        scene.plant(
                "V#1#0",
                scene.item("V#2#0").entrySet().stream()
                        .filter(attribute -> attribute.getKey().equals("t"))
                        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        var ran = scene.policy("rollback", "1", "--yes");

        assertThat(ran.err()).contains("The text of version 1 is not what was published", "your repository's history");
        assertThat(scene.store.head()).isEqualTo(2);
    }

    @Test
    void refusesARecordThatLiesInAnotherVersionsPlace() {
        var copied = new java.util.HashMap<>(scene.item("R#1"));
        scene.plant("R#9", copied);
        assertThat(scene.policy("rollback", "9").err()).contains("There is no version 9");
    }

    /** What was good once need not be by today's rules; here a version that only an older loader could have taken. */
    @Test
    void refusesATextThatTodaysLoaderDoesNotTake() {
        var text = "{\"version\":1,\"windows\":{}}";
        var release = new PolicyRelease(
                new PolicyVersion(5, Sha256.hex(text)),
                2,
                1,
                Clock.systemUTC().instant(),
                "arn:old",
                Optional.empty(),
                Optional.empty());
        scene.store.claim(release);
        scene.store.write(release, text);
        var ran = scene.policy("rollback", "5", "--yes");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("/windows: ", "invalid under today's rules");
        assertThat(scene.store.head()).isEqualTo(2);
    }

    /** Else whoever can write to the table could have a text of theirs signed by asking for a rollback. */
    @Test
    void doesNotSignAgainWhatThisKeyHasNeverSigned() throws Complaint {
        try (var key = TestKey.make()) {
            key.publish(scene, POLICY.replace("10m", "7m"));
            assertThat(old(3, key).text()).contains("\"7m\"");
            assertThatThrownBy(() -> old(1, key))
                    .isInstanceOfSatisfying(
                            Complaint.class, no -> assertThat(no.what()).contains("was not signed by this key"));
            var planted = new java.util.HashMap<>(scene.item("R#3"));
            planted.put("ph", AttributeValue.fromS("00".repeat(32)));
            scene.plant("R#3", planted);
            assertThatThrownBy(() -> old(3, key)).isInstanceOf(Complaint.class);
        }
    }

    private Proposal old(long number, TestKey key) throws Complaint {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        var context =
                new CommandContext(nowhere, nowhere, InputStream.nullInputStream(), Map.of(), false, Clock.systemUTC());
        return new OldText(scene.store, Optional.empty(), context).of(number, Optional.of(key.key), scene.table);
    }
}

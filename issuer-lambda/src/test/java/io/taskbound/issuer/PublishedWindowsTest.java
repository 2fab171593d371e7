// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Sha256;
import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.TaskName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an issuer that follows the table knows of the windows of its policy's versions. */
class PublishedWindowsTest {
    private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");
    private static final TaskName DEPLOY = new TaskName("deploy");
    private static final TaskName PROMOTE = new TaskName("promote");
    private static final String WITHOUT = TestIssuer.policyJson("https://ci.acme.example");
    private static final String DEPLOYING = withWindows("deploy");
    private static final String PROMOTING = withWindows("promote");

    private final EmbeddedDynamo database = EmbeddedDynamo.inMemory();
    private PolicyStore store;
    private PublishedPolicy published;

    @BeforeEach
    void start() {
        LedgerTable.create(database.client(), "taskbound");
        store = new PolicyStore(new DynamoTable(database.client(), "taskbound"));
        published = new PublishedPolicy(store, "taskbound", PolicyTerms.of(TestIssuer.ISSUER), Optional.empty());
    }

    @AfterEach
    void stop() {
        database.close();
    }

    private static String withWindows(String task) {
        return WITHOUT.replace(
                "\"" + task + "\":{",
                "\"" + task + "\":{\"windows\":[{\"from\":\"09:00\",\"to\":\"16:00\",\"zone\":\"Europe/Berlin\"}],");
    }

    private void publish(long number, String json, Instant at) throws MalformedJson {
        var text = JsonText.canonical(StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8)));
        var version = new PolicyVersion(number, Sha256.hex(text));
        var release = new PolicyRelease(
                version, number - 1, PolicyStore.partsOf(text), at, "ada", Optional.empty(), Optional.empty());
        assertThat(store.claim(release)).isTrue();
        store.write(release, text);
        assertThat(store.moveHead(release)).isTrue();
    }

    private CurrentPolicy following(List<String> audit) {
        var first = published
                .first()
                .match(
                        good -> good.policy(),
                        refused -> fail(refused.why()),
                        absent -> fail("absent"),
                        unchanged -> fail("unchanged"));
        return CurrentPolicy.following(
                published,
                first,
                uri -> {
                    throw new java.io.IOException("no keys");
                },
                NOW,
                audit::add);
    }

    private static Policy fail(String why) {
        throw new AssertionError(why);
    }

    @Test
    void aPolicyThatIsInForceForLongHasNothingToClose() throws Exception {
        publish(1, DEPLOYING, NOW.minus(Duration.ofMinutes(67)));

        assertThat(following(new ArrayList<>()).tasksWithWindows(NOW)).isEmpty();
        assertThat(following(new ArrayList<>()).tasksWithWindows(NOW.minus(Duration.ofMinutes(2))))
                .containsExactly(DEPLOY);
    }

    @Test
    void theTasksOfTheVersionsThatItReplacedCountAnHourLong() throws Exception {
        publish(1, DEPLOYING, NOW.minus(Duration.ofHours(5)));
        publish(2, PROMOTING, NOW.minus(Duration.ofMinutes(50)));
        publish(3, WITHOUT, NOW.minus(Duration.ofMinutes(1)));
        var policy = following(new ArrayList<>());

        assertThat(policy.tasksWithWindows(NOW)).containsExactlyInAnyOrder(DEPLOY, PROMOTE);
        assertThat(policy.tasksWithWindows(NOW.plus(Duration.ofMinutes(20)))).containsExactly(PROMOTE);
        assertThat(policy.tasksWithWindows(NOW.plus(Duration.ofMinutes(66)))).isEmpty();
    }

    /** Another instance has put version 2 in force and granted by it; this one has version 1 for half a minute more. */
    @Test
    void anInstanceThatIsBehindSaysSo() throws Exception {
        publish(1, DEPLOYING, NOW);
        var policy = following(new ArrayList<>());
        publish(2, WITHOUT, NOW);
        var second = new PolicyVersion(2, "0a".repeat(32));

        assertThat(policy.isBehind(second)).isTrue();
        assertThat(policy.isBehind(policy.now().policy().version())).isFalse();
        policy.follow("R", NOW.plusSeconds(31), line -> {});
        assertThat(policy.isBehind(second)).isFalse();
    }

    /** A policy from files counts its versions from each start on, and has no other instance. */
    @Test
    void aPolicyFromFilesIsNeverBehindAndRemembersAllWindows() {
        var policy = new CurrentPolicy(TestIssuer.compile(DEPLOYING), uri -> {
            throw new java.io.IOException("no keys");
        });
        policy.replace(TestIssuer.compile(PROMOTING));
        policy.replace(TestIssuer.compile(WITHOUT));

        assertThat(policy.isBehind(new PolicyVersion(9, "0a".repeat(32)))).isFalse();
        assertThat(policy.tasksWithWindows(NOW)).containsExactlyInAnyOrder(DEPLOY, PROMOTE);
    }
}

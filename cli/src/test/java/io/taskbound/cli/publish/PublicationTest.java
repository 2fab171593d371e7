// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import static io.taskbound.cli.publish.PublishScene.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.issuer.PolicyReading;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.issuer.PublishedPolicy;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.local.HttpDynamo;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.token.Es256PublicKey;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of a publication against real HTTP: raced, broken off, and read by an issuer that asks for signatures. */
class PublicationTest {
    private static final Instant THEN = Instant.parse("2026-11-27T10:00:00.123Z");
    private static HttpDynamo dynamo;

    @TempDir
    private Path folder;

    private final TestKey key = TestKey.make();
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

    private PolicyReading readBy(Es256PublicKey asked) {
        return new PublishedPolicy(
                        scene.store, scene.table, PolicyTerms.of("https://tokens.acme.example"), Optional.of(asked))
                .first();
    }

    @Test
    void anIssuerThatAsksForTheSignatureTakesIt() {
        key.publish(scene, POLICY);
        assertThat(readBy(key.key.publicHalf())).isInstanceOf(PolicyReading.Good.class);
    }

    @Test
    void anIssuerThatAsksForAnotherSignatureDoesNot() {
        key.publish(scene, POLICY);
        try (var other = TestKey.make()) {
            assertThat(readBy(other.key.publicHalf())).isInstanceOf(PolicyReading.Refused.class);
        }
    }

    /** Whoever may write the head has the signed versions of the past at hand. */
    @Test
    void aHeadThatWentBackIsRefusedByAnIssuerThatStartsCold() {
        key.publish(scene, POLICY);
        var first = scene.store.release(1).orElseThrow().version();
        key.publish(scene, POLICY.replace("10m", "9m"));
        assertThat(readBy(key.key.publicHalf())).isInstanceOf(PolicyReading.Good.class);

        scene.setHead(first.number(), first.hash());

        assertRefused(readBy(key.key.publicHalf()), "the head went back from version 2");
        key.publish(scene, POLICY);
        assertThat(readBy(key.key.publicHalf())).isInstanceOf(PolicyReading.Good.class);
    }

    @Test
    void aHeadThatIsGoneIsRefusedByAnIssuerThatStartsCold() {
        key.publish(scene, POLICY);
        readBy(key.key.publicHalf());

        scene.deleteHead();

        assertRefused(readBy(key.key.publicHalf()), "the head is gone");
    }

    @Test
    void aHeadThatNamesAnotherHashIsRefused() {
        key.publish(scene, POLICY);

        scene.setHead(1, "0".repeat(64));

        assertRefused(readBy(key.key.publicHalf()), "the head names another hash");
    }

    /** Several issuers look at once; the newest that any of them saw counts. */
    @Test
    void whatAnIssuerHasSeenNeverMovesBack() {
        key.publish(scene, POLICY);
        var first = scene.store.release(1).orElseThrow().version();
        key.publish(scene, POLICY.replace("10m", "9m"));
        var second = scene.store.release(2).orElseThrow().version();

        assertThat(scene.store.see(first)).isTrue();
        assertThat(scene.store.see(second)).isTrue();
        assertThat(scene.store.see(second)).isTrue();
        assertThat(scene.store.see(first)).isFalse();
        assertThat(scene.store.look().seen()).contains(second);
    }

    private static void assertRefused(PolicyReading reading, String why) {
        assertThat(reading)
                .isInstanceOfSatisfying(
                        PolicyReading.Refused.class,
                        refused -> assertThat(refused.why()).startsWith(why));
    }

    @Test
    void anUnsignedVersionIsRefusedByAnIssuerThatAsks() {
        scene.push(POLICY);
        assertThat(readBy(key.key.publicHalf())).isInstanceOf(PolicyReading.Refused.class);
    }

    @Test
    void whoSawAnOlderHeadIsOvertakenAndChangesNothing() {
        key.publish(scene, POLICY);
        key.publish(scene, POLICY.replace("10m", "9m"));
        var late = key.publish(scene.store, scene, POLICY.replace("10m", "8m"), 1);

        assertThat(late).isInstanceOf(Publication.Outcome.Overtaken.class);
        assertThat(scene.store.head()).isEqualTo(2);
        assertThat(scene.textInForce()).contains("\"9m\"");
    }

    @Test
    void ofManyPublishersAtOnceOneGoesThroughAndEveryTextStaysItsOwn() {
        for (int round = 0; round < 3; round++) {
            long seen = scene.store.head();
            var outcomes = IntStream.range(0, 6)
                    .mapToObj(one -> CompletableFuture.supplyAsync(() -> publish((one + 1) + "m", seen)))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();

            assertThat(outcomes)
                    .filteredOn(Publication.Outcome.InForce.class::isInstance)
                    .as("round " + round)
                    .hasSize(1);
            assertThat(readBy(key.key.publicHalf())).isInstanceOf(PolicyReading.Good.class);
        }
        var history = History.read(scene.store);
        assertThat(history.everInForce()).hasSize(3);
    }

    private Publication.Outcome publish(String lifetime, long seen) {
        try {
            var loaded = loaded(POLICY.replace("10m", lifetime));
            return new Publication(scene.store, scene.table, Optional.of(key.key), "arn:" + lifetime)
                    .publish(
                            seen,
                            JsonText.canonical(loaded.canonical()),
                            loaded.policy().version().hash(),
                            Optional.empty(),
                            THEN);
        } catch (Exception unexpected) {
            throw new AssertionError(unexpected);
        }
    }

    private Loaded.Ok loaded(String yaml) throws java.io.IOException {
        var file = java.nio.file.Files.createTempFile(folder, "policy", ".yaml");
        java.nio.file.Files.writeString(file, yaml);
        return (Loaded.Ok) PolicyFiles.load(file);
    }

    /**
     * A publisher that dies after each of its steps: what was in force stays, and the next one takes another number.
     */
    @Test
    void aPublisherThatDiesInBetweenLeavesANumberThatNobodyUsesAgain() throws Exception {
        key.publish(scene, POLICY);
        var loaded = loaded(POLICY.replace("10m", "9m"));
        var text = JsonText.canonical(loaded.canonical());

        var claimed = release(2, loaded.policy().version().hash());
        assertThat(scene.store.claim(claimed)).isTrue();
        assertThat(scene.textInForce()).contains("\"10m\"");

        var written = release(3, loaded.policy().version().hash());
        assertThat(scene.store.claim(written)).isTrue();
        scene.store.write(written, text);
        assertThat(scene.textInForce()).contains("\"10m\"");

        assertThat(key.publish(scene, POLICY.replace("10m", "8m"))).isInstanceOf(Publication.Outcome.InForce.class);
        assertThat(scene.store.head()).isEqualTo(4);
        var history = History.read(scene.store);
        assertThat(history.releases().stream().map(history::standing).map(Enum::name))
                .containsExactly("IN_FORCE", "GIVEN_UP", "GIVEN_UP", "REPLACED");
        assertThat(scene.policy("log").out()).contains("v3 ", "given up");
    }

    private static PolicyRelease release(long number, String hash) {
        return new PolicyRelease(
                new PolicyVersion(number, hash), 1, 1, THEN, "arn:dies", Optional.empty(), Optional.empty());
    }

    @Test
    void theTimeThatIsSignedIsTheTimeThatTheTableKeeps() {
        key.publish(scene, POLICY);
        var read = new PolicyStore(new DynamoTable(scene.client, scene.table))
                .release(1)
                .orElseThrow();
        assertThat(key.key.hasSigned(read, scene.table)).isTrue();
        assertThat(key.key.hasSigned(read, "another-table")).isFalse();
    }
}

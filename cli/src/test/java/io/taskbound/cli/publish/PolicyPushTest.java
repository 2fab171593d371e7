// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import static io.taskbound.cli.publish.PublishScene.POLICY;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.KeyStore;
import io.taskbound.local.HttpDynamo;
import io.taskbound.token.KeyRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class PolicyPushTest {
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
    void putsAPolicyInForceWithWhoAndWhy() {
        var ran = scene.push(POLICY, "--message", "PR 17: signing");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("Nothing is in force", "task sign-release", "In force  v1 ")
                .contains("published by local:" + System.getProperty("user.name"));
        var release = scene.store.release(scene.store.head()).orElseThrow();
        assertThat(release.version().number()).isEqualTo(1);
        assertThat(release.message()).contains("PR 17: signing");
        assertThat(scene.textInForce()).startsWith("{\"providers\":{\"github\":");
    }

    @Test
    void jsonIsAloneOnStdout() throws Exception {
        var file = scene.file(POLICY).toString();
        var dry = scene.policy("push", file, "--json", "--dry-run");
        assertThat(dry.out()).startsWith("{\"result\":\"dry_run\",\"table\":\"");
        var ran = scene.policy("push", file, "--json", "--yes");
        assertThat(ran.code()).as(ran.err()).isZero();
        var told = StrictJson.parseObject(ran.out().strip().getBytes(StandardCharsets.UTF_8));
        assertThat(told.string("result")).contains("published");
        assertThat(told.wholeNumber("version")).hasValue(1);
        assertThat(told.array("changes").orElseThrow().items()).isNotEmpty();
        assertThat(ran.err()).contains("Nothing is in force", "In force  v1 ");
        assertThat(scene.policy("push", file, "--json", "--yes").out()).startsWith("{\"result\":\"unchanged\"");
    }

    @Test
    void publishesTheExampleWithItsKeySetInlined() {
        var example = Path.of(System.getProperty("taskbound.root", "..")).resolve("infra/policy/example.yaml");
        var ran = scene.policy("push", example.toString(), "--yes");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(scene.textInForce()).contains("\"jwks\":{\"keys\":[").doesNotContain("jwks_file");
    }

    @Test
    void saysWhatWidensAgainstTheVersionInForce() {
        scene.push(POLICY);
        var ran = scene.push(
                POLICY.replace("10m", "15m").replace("refs/heads/main", "[refs/heads/main, refs/heads/next]"));

        assertThat(ran.out())
                .contains(
                        "changes against v1 ",
                        "+ a token may live longer: max_lifetime 10m -> 15m",
                        "+ lets in ",
                        "refs/heads/next")
                .contains("2 changes widen access", "In force  v2 ");
    }

    @Test
    void asksAndTakesSilenceForANo() {
        var file = scene.file(POLICY).toString();

        for (var answer : new String[] {"", "n\n", "\n", "yellow\n"}) {
            var ran = scene.answering(answer, "push", file);
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("Not confirmed, so nothing was changed", "--yes");
        }
        assertThat(scene.store.log()).isEmpty();
        assertThat(scene.answering("y\n", "push", file).code()).isZero();
    }

    @Test
    void writesNothingWhenThatVeryPolicyIsInForce() {
        scene.push(POLICY);
        var ran = scene.push("# a comment\n" + POLICY);

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("already in force, as v1 ", "nothing was written");
        assertThat(scene.store.log()).hasSize(1);
    }

    @Test
    void aTextThatWasInForceBeforeIsANewVersion() {
        scene.push(POLICY);
        scene.push(POLICY.replace("10m", "5m"));
        assertThat(scene.push(POLICY).out()).contains("In force  v3 ");
    }

    @Test
    void aDryRunShowsAndWritesNothing() {
        var ran = scene.push(POLICY, "--dry-run");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("+ lets in ", "Dry run: nothing was written");
        assertThat(scene.store.log()).isEmpty();
        assertThat(scene.store.head()).isZero();
    }

    @Test
    void namesEveryFaultWithItsPlaceAndPublishesNothing() {
        var ran = scene.push(POLICY.replace("10m", "3h").replace("redeem", "sometimes"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains("policy.yaml:5:", "policy.yaml:9:", "is invalid, so it was not published")
                .doesNotContain("\tat ");
        assertThat(scene.store.log()).isEmpty();
    }

    @Test
    void showsTheLints() {
        var ran = scene.push(POLICY.replace("identifiers: [\"artifact:a/**\"]", "identifiers: [\"**\"]"));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("warning:");
    }

    /** Else two issuers with one audience exchange the same ID token once each. */
    @Test
    void warnsOfAnAudienceThatIsNotTheIssuersUrl() {
        var file = scene.file(POLICY).toString();
        var other = Ran.with(Map.of("TASKBOUND_ISSUER", "https://other.acme.example"), "", "policy", "check", file);
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(other.out()).contains("not this issuer's URL, https://other.acme.example", "[audience-url]");
        var url = "https://tokens.acme.example";
        var named = scene.file(POLICY.replace("audience: us}", "audience: \"" + url + "\"}"))
                .toString();
        var own = Ran.with(Map.of("TASKBOUND_ISSUER", url + "/"), "", "policy", "check", named);
        assertThat(own.code()).as(own.err()).isZero();
        assertThat(own.out()).doesNotContain("[audience-url]");
        assertThat(Ran.of("policy", "check", file).out()).doesNotContain("[audience-url]");
        var environment = new java.util.HashMap<>(PublishScene.CREDENTIALS);
        environment.put("TASKBOUND_ISSUER", "https://other.acme.example");
        assertThat(Ran.with(environment, "", scene.line("push", file, "--yes")).err())
                .contains("not this issuer's URL, https://other.acme.example");
    }

    @Test
    void refusesAPolicyThatTrustsTheIssuerItself() {
        var environment = new java.util.HashMap<>(PublishScene.CREDENTIALS);
        environment.put("TASKBOUND_ISSUER", "https://token.actions.githubusercontent.com");
        var ran = io.taskbound.cli.Ran.with(
                environment, "", scene.line("push", scene.file(POLICY).toString(), "--yes"));

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("would be refused", "this issuer's own URL");
        assertThat(scene.store.log()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines", "bell\u0007"})
    void refusesAMessageThatIsNoLine(String message) {
        var ran = scene.push(POLICY, "--message", message);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--message is not one line");
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThat(scene.policy("push", "absent.yaml").err()).contains("There is no absent.yaml");
    }

    @Test
    void aPolicyOfSeveralPartsComesBackWhole() {
        var ran = scene.push(large(160));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(scene.store.release(1).orElseThrow().parts()).isGreaterThan(1);
        assertThat(scene.textInForce()).hasSizeGreaterThan(1_000_000);
        assertThat(scene.push(large(160)).out()).contains("already in force");
    }

    @Test
    void refusesAPolicyThatIsTooLargeForATable() throws IOException {
        var many = Files.createDirectory(folder.resolve("many"));
        Files.writeString(many.resolve("base.yaml"), POLICY);
        for (int file = 0; file < 3; file++) {
            Files.writeString(many.resolve("more" + file + ".yaml"), "tasks:\n" + tasks(300, "f" + file + "-"));
        }
        var ran = scene.policy("push", many.toString(), "--yes");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("too large to be published", "split it among issuers");
        assertThat(scene.store.log()).isEmpty();
    }

    /** Random targets: gzip does not make them small. */
    private static String large(int tasks) {
        return POLICY + tasks(tasks, "t-");
    }

    private static String tasks(int count, String prefix) {
        var random = new Random(7);
        return IntStream.range(0, count)
                .mapToObj(
                        task -> "  " + prefix + task + ":\n    permissions: [{resource_server: signer, actions: [sign],"
                                + " identifiers: ["
                                + IntStream.range(0, 20)
                                        .mapToObj(any -> "\"" + hex(random) + "\"")
                                        .collect(Collectors.joining(", "))
                                + "]}]\n    allow: [{provider: github, claims: {repository_id: \"2002\"}}]\n")
                .collect(Collectors.joining());
    }

    private static String hex(Random random) {
        var octets = new byte[225];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }

    @Test
    void goesOnOverAVersionInForceThatCannotBeRead() {
        scene.push(POLICY);
        scene.plant("V#1#0", Map.of("t", AttributeValue.fromS("bm90IGd6aXA=")));
        var ran = scene.push(POLICY.replace("10m", "5m"));

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.err()).contains("What is in force (v1) cannot be read, so the whole policy is shown as new");
        assertThat(scene.store.head()).isEqualTo(2);
    }

    @Test
    void refusesAHeadThatIsNoNumber() {
        scene.plant("HEAD", Map.of("v", AttributeValue.fromS("one")));
        var ran = scene.push(POLICY);

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("cannot be read", "policy log").doesNotContain("Unexpected");
    }

    @Test
    void refusesToCountBeyondANumberThatNoPublisherMade() {
        scene.plant(
                "R#" + Long.MAX_VALUE,
                Map.of(
                        "v", AttributeValue.fromN(String.valueOf(Long.MAX_VALUE)),
                        "ph", AttributeValue.fromS("5e".repeat(32)),
                        "vp", AttributeValue.fromN("0"),
                        "np", AttributeValue.fromN("1"),
                        "i", AttributeValue.fromN("0"),
                        "by", AttributeValue.fromS("somebody")));
        assertThat(scene.push(POLICY).err()).contains("with the highest possible number");
    }

    @Test
    void refusesToLeaveOutTheSignatureThatTheVersionInForceHas() {
        try (var key = TestKey.make()) {
            key.publish(scene, POLICY);
        }
        var ran = scene.push(POLICY.replace("10m", "5m"));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("The version in force is signed, but no key is given", "--unsigned");
        assertThat(scene.push(POLICY.replace("10m", "5m"), "--unsigned").code()).isZero();
    }

    @Test
    void warnsOfAServerThatNeverAsksWhereTheKeysAreSealed() {
        var offline = POLICY.replace(
                        "checks: redeem, client_secret_hashes: [\"" + "5e".repeat(32) + "\"]", "checks: offline")
                .replace("10m", "5m");
        assertThat(scene.push(offline, "--dry-run").err()).doesNotContain("sealed");
        var keys = new KeyStore(new DynamoTable(scene.client, scene.table));
        var now = java.time.Clock.systemUTC().instant();
        keys.write(
                keys.read(),
                java.util.List.of(new KeyRecord(
                        "A".repeat(43),
                        new KeyRecord.KeyLocation.Sealed("c2VhbGVk"),
                        now,
                        now,
                        java.util.Optional.empty(),
                        "ann")));

        assertThat(scene.push(offline, "--dry-run").err())
                .contains("signing keys are sealed", "TASKBOUND_SEALED_KEY_WITH_OFFLINE_SERVERS");
        assertThat(scene.push(POLICY, "--dry-run").err()).doesNotContain("sealed");
    }

    @Test
    void refusesKeysThatCannotBe() {
        assertThat(scene.push(POLICY, "--key", "a key").err()).contains("neither an ARN nor an alias");
        assertThat(scene.push(POLICY, "--key", "alias/k", "--unsigned").err()).contains("contradict each other");
        assertThat(scene.push(POLICY, "--key", "alias/k").err()).contains("The policy key cannot be used");
        assertThat(scene.store.log()).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.cloud.TableOptions;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.local.HttpDynamo;
import io.taskbound.local.StandInProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * {@code policy push} on one side, {@code serve --policy-from-table} on the other, a table on DynamoDB Local between
 * them.
 */
class PolicyFromTableTest {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static final Map<String, String> CREDENTIALS =
            Map.of("AWS_ACCESS_KEY_ID", "local", "AWS_SECRET_ACCESS_KEY", "local");
    private static HttpDynamo dynamo;

    @TempDir
    private Path folder;

    private final Settable clock = new Settable(Clock.systemUTC().instant());
    private final StandInProvider provider = StandInProvider.start(clock);
    private final String table = "served" + TABLES.incrementAndGet();
    private Optional<RunningIssuer> issuer = Optional.empty();

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @AfterEach
    void close() {
        issuer.ifPresent(RunningIssuer::close);
        provider.close();
    }

    private static final class Settable extends Clock {
        private volatile Instant now;

        Settable(Instant now) {
            this.now = now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Ran push(String branch) throws IOException {
        var file = Files.writeString(
                folder.resolve("policy.yaml"), """
                    version: 1
                    providers:
                      github: {profile: github, issuer: "%s", audience: "https://tokens.acme.example"}
                    resource_servers:
                      deployer: {audience: "https://deploy.acme.example", checks: introspect, client_secret_hashes: ["%s"]}
                    tasks:
                      deploy:
                        permissions: [{resource_server: deployer, actions: [deploy], identifiers: ["env:production"]}]
                        allow: [{provider: github, claims: {repository_id: "2002", ref: refs/heads/%s, ref_type: branch}}]
                    """.formatted(provider.issuer(), "5e".repeat(32), branch));
        return policy("push", file.toString(), "--yes", "--create-table");
    }

    private Ran policy(String... args) {
        var line = new ArrayList<>(List.of("policy"));
        line.addAll(List.of(args));
        line.addAll(
                List.of("--table", table, "--endpoint-url", dynamo.endpoint().toString()));
        return Ran.with(CREDENTIALS, "", line.toArray(String[]::new));
    }

    private void serve() throws Complaint {
        var quiet = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        var context = new CommandContext(quiet, quiet, InputStream.nullInputStream(), CREDENTIALS, false, clock);
        var holder = new Holder();
        new CommandLine(holder)
                .parseArgs("--table", table, "--endpoint-url", dynamo.endpoint().toString());
        var settings = new ServeSettings(
                Optional.empty(),
                0,
                Optional.of(folder.resolve("data")),
                Optional.empty(),
                Optional.empty(),
                holder.options,
                true,
                Optional.empty(),
                false);
        issuer = Optional.of(RunningIssuer.start(settings.checked(), context));
    }

    @Command
    private static final class Holder {
        @Mixin
        private TableOptions options = new TableOptions();
    }

    /** Whether a job of this branch gets a token. */
    private boolean letsIn(String branch) throws InterruptedException {
        var client = IssuerClient.builder(IssuerUrl.of(issuer.orElseThrow().url()))
                .idTokenAudience("https://tokens.acme.example")
                .build();
        var idToken = provider.idToken(provider.github("acme/shop", branch).forAudience("https://tokens.acme.example"));
        var request = TaskRequest.of(TaskDetail.of("deploy", "deploy", "env:production"));
        return client.mint(IdToken.of(idToken), request) instanceof MintAnswer.Granted;
    }

    private String audited() throws IOException {
        return Files.readString(folder.resolve("data/audit.jsonl"));
    }

    private void plant(String sk, Map<String, AttributeValue> attributes) {
        try (var client = DynamoDbClient.builder()
                .endpointOverride(dynamo.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(dynamo.credentials())
                .build()) {
            var item = new java.util.HashMap<>(attributes);
            item.put("pk", AttributeValue.fromS("POLICY"));
            item.put("sk", AttributeValue.fromS(sk));
            client.putItem(put -> put.tableName(table).item(item));
        }
    }

    @Test
    void followsAPushWithinAMinute() throws Exception {
        assertThat(push("main").code()).isZero();
        serve();
        assertThat(letsIn("main")).isTrue();
        assertThat(letsIn("next")).isFalse();

        assertThat(push("next").out()).contains("In force  v2 ");
        clock.advance(Duration.ofSeconds(60));

        assertThat(letsIn("next")).isTrue();
        assertThat(letsIn("main")).isFalse();
        assertThat(audited()).contains("\"event\":\"policy\"", "\"result\":\"in_force\"");
    }

    @Test
    void keepsTheLastGoodVersionWhenTheNextIsBroken() throws Exception {
        push("main");
        serve();
        push("next");
        plant("V#2#0", Map.of("t", AttributeValue.fromS("bm90IGd6aXA=")));
        clock.advance(Duration.ofSeconds(60));

        assertThat(letsIn("main")).isTrue();
        assertThat(audited()).contains("\"reason\":\"policy_refused\"", "version 2: its text is incomplete");

        assertThat(push("next").code()).as("the next push mends it").isZero();
        clock.advance(Duration.ofSeconds(60));
        assertThat(letsIn("next")).isTrue();
    }

    @Test
    void doesNotGoBackWithAHeadThatWasSetBack() throws Exception {
        push("main");
        push("next");
        serve();
        plant("HEAD", Map.of("v", AttributeValue.fromN("1")));
        clock.advance(Duration.ofSeconds(60));

        assertThat(letsIn("next")).isTrue();
        assertThat(audited()).contains("the head went back from version 2");
    }

    @Test
    void goesBackByARollback() throws Exception {
        push("main");
        push("next");
        serve();
        assertThat(policy("rollback", "1", "--yes").code()).isZero();
        clock.advance(Duration.ofSeconds(60));

        assertThat(letsIn("main")).isTrue();
        assertThat(letsIn("next")).isFalse();
    }

    @Test
    void doesNotStartWithoutAPublishedPolicyAndSaysHowToPublishOne() throws Exception {
        push("main");
        plant("HEAD", Map.of());
        var ran = Ran.with(
                CREDENTIALS,
                "",
                "serve",
                "--policy-from-table",
                "--port",
                "0",
                "--data",
                folder.resolve("d").toString(),
                "--table",
                table,
                "--endpoint-url",
                dynamo.endpoint().toString());
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("policy in the table " + table + " cannot be read");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.cli.TaskboundProcess;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.client.CloseAnswer;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.HolderVerifier;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.KeysAnswer;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.Patience;
import io.taskbound.client.RedeemAnswer;
import io.taskbound.client.RenewAnswer;
import io.taskbound.client.ServerCredentials;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.client.Use;
import io.taskbound.client.receipt.ReceiptVerification;
import io.taskbound.client.receipt.ReceiptVerifier;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.HttpDynamo;
import io.taskbound.local.OwnPort;
import io.taskbound.local.StandInProvider;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code serve --data} in a process of its own, killed and asked to stop. */
class ServeProcessIT {
    private static final Patience ONE_TRY =
            new Patience(1, Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMillis(10), Duration.ofMillis(10));
    private static final String TARGET = "environment:acme/shop/staging";

    @TempDir
    private Path folder;

    private final ServerSecret secret = ServerSecret.random();
    private final ServerCredentials server = ServerCredentials.of("deployer", secret.reveal());
    private StandInProvider provider;
    private Path policy;
    private TaskboundProcess process;
    private IssuerClient client;
    private String url;

    @BeforeEach
    void start() throws Exception {
        provider = StandInProvider.start(Clock.systemUTC());
        policy = Files.writeString(folder.resolve("policy.yaml"), policyText("max_uses: 3"));
        serve();
    }

    @AfterEach
    void stop() {
        process.close();
        provider.close();
    }

    /** Each kill comes between two requests about each of several tokens. */
    @Tag("long")
    @Test
    void whatWasAnsweredSurvivesAKillBetweenAnyTwoRequests() throws Exception {
        var keys = keys();
        var open = granted();
        var unused = granted();
        var used = granted();
        assertThat(redeem(used, "use-1")).isInstanceOf(RedeemAnswer.Redeemed.class);
        var closed = granted();
        assertThat(client.close(closed)).isInstanceOf(CloseAnswer.Closed.class);
        killAndServe();

        assertThat(reason(redeem(closed, "use-1"))).isEqualTo("closed");
        assertThat(client.renew(closed, HolderVerifier.random())).isInstanceOf(RenewAnswer.Refused.class);
        assertThat(client.close(open)).isInstanceOf(CloseAnswer.Closed.class);
        assertThat(redeem(unused, "use-1")).isInstanceOf(RedeemAnswer.Redeemed.class);
        assertThat(redeem(used, "use-1"))
                .as("the use before the kill is remembered")
                .isInstanceOf(RedeemAnswer.Repeated.class);
        assertThat(redeem(used, "use-2")).isInstanceOf(RedeemAnswer.Redeemed.class);
        killAndServe();

        assertThat(reason(redeem(open, "use-1"))).isEqualTo("closed");
        assertThat(redeem(used, "use-3")).isInstanceOf(RedeemAnswer.Redeemed.class);
        killAndServe();

        assertThat(reason(redeem(used, "use-4"))).isEqualTo("spent");
        assertThat(keys()).isEqualTo(keys);
    }

    @Test
    void anIdTokenThatWasExchangedStaysExchangedAfterAKill() throws Exception {
        var request = request();
        var idToken = idToken();
        assertThat(client.mint(idToken, request)).isInstanceOf(MintAnswer.Granted.class);
        killAndServe();
        assertThat(client.mint(idToken, request())).isInstanceOf(MintAnswer.Refused.class);
    }

    @Test
    void noAcknowledgedMintOrCloseIsLostByAKillUnderLoad() throws Exception {
        Queue<TaskToken> open = new ConcurrentLinkedQueue<>();
        Queue<TaskToken> closed = new ConcurrentLinkedQueue<>();
        var impatient = IssuerClient.builder(client.issuer())
                .idTokenAudience("https://tokens.acme.example")
                .patience(ONE_TRY)
                .build();
        var workers = IntStream.range(0, 4)
                .mapToObj(i -> new Thread(() -> work(impatient, open, closed), "worker-" + i))
                .toList();
        workers.forEach(Thread::start);
        await(() -> open.size() > 10 && closed.size() > 10);
        process.kill9();
        for (var worker : workers) {
            worker.join(60_000);
        }
        serve();
        assertThat(closed)
                .allSatisfy(token -> assertThat(reason(redeem(token, "u"))).isEqualTo("closed"));
        assertThat(open).allSatisfy(token -> assertThat(redeem(token, "u")).isInstanceOf(RedeemAnswer.Redeemed.class));
    }

    /**
     * Whoever owns the folder may have any token's receipt: of the stopped issuer, since its ledger is in the folder.
     */
    @Test
    void theOwnerOfTheFolderGetsTheReceiptOfAnyToken() throws Exception {
        var request = request();
        var granted = ((MintAnswer.Granted) client.mint(idToken(), request)).token();
        assertThat(redeem(granted.token(), "use-1")).isInstanceOf(RedeemAnswer.Redeemed.class);
        client.close(granted.token());
        var keys = ((KeysAnswer.Published) client.publishedKeys()).jwks();
        var line = new String[] {"receipt", "--data", data(), "--issuer", url, granted.handle()};
        var whileItServes = Ran.of(line);
        assertThat(whileItServes.code()).isEqualTo(1);
        assertThat(whileItServes.err()).contains("Another `taskbound serve` is using");
        process.kill9();

        var ran = Ran.of(line);

        assertThat(ran.code()).as(ran.err()).isZero();
        var receipt = ((ReceiptVerification.Accepted)
                        ReceiptVerifier.with(keys).ofIssuer(IssuerUrl.of(url)).verify(ran.out()))
                .receipt();
        assertThat(receipt.handle()).isEqualTo(granted.handle());
        assertThat(receipt.state()).isEqualTo("closed");
        assertThat(receipt.useCount()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("data/audit.jsonl")))
                .contains("\"event\":\"receipt\",\"jti\":\"" + granted.handle() + "\",\"by\":\"local:");
        var unknown = Ran.of("receipt", "--data", data(), "--issuer", url, "A".repeat(22) + "." + "A".repeat(32));
        assertThat(unknown.err()).contains("The ledger has no token");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signal that asks a process to end")
    void stopsCleanlyWhenAsked() throws Exception {
        var token = granted();
        assertThat(process.terminate()).isZero();
        assertThat(process.lines()).last().isEqualTo("stopped");
        assertThat(process.lines()).noneMatch(line -> line.contains("Exception"));
        serve();
        assertThat(redeem(token, "u")).isInstanceOf(RedeemAnswer.Redeemed.class);
    }

    @Test
    void twoServersDoNotShareAFolder() throws Exception {
        try (var second =
                TaskboundProcess.start("serve", "--policy", policy.toString(), "--port", "0", "--data", data())) {
            second.awaitLine(line -> line.contains("Another `taskbound serve`"));
            assertThat(second.awaitExit()).isEqualTo(1);
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no POSIX permissions")
    void keepsItsSecretsFromOthers() throws Exception {
        granted();
        assertThat(mode("signing-key.json")).isEqualTo("rw-------");
        assertThat(mode("audit.jsonl")).isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("data/audit.jsonl")))
                .contains("\"result\":\"granted\"")
                .doesNotContain("eyJ");
    }

    @Test
    void takesAChangedPolicyAndKeepsTheLastGoodOneWhenItIsFaulty() throws Exception {
        Files.writeString(policy, "version: nonsense\n");
        process.awaitLine(line -> line.contains("stays in force"));
        assertThat(client.mint(idToken(), request())).isInstanceOf(MintAnswer.Granted.class);

        Files.writeString(policy, policyText("max_uses: 1"));
        process.awaitLine(line -> line.startsWith("policy v2 "));
        var token = granted();
        assertThat(redeem(token, "u-1")).isInstanceOf(RedeemAnswer.Redeemed.class);
        assertThat(reason(redeem(token, "u-2"))).isEqualTo("spent");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no signal that asks a process to end")
    void runsOnATableOfDynamoDbWithTheKeyInItsFolder() throws Exception {
        process.close();
        try (var dynamo = HttpDynamo.start()) {
            var environment = Map.of(
                    "AWS_ENDPOINT_URL_DYNAMODB", dynamo.endpoint().toString(),
                    "AWS_REGION", "us-east-1",
                    "AWS_ACCESS_KEY_ID", "local",
                    "AWS_SECRET_ACCESS_KEY", "local");
            try (var missing = TaskboundProcess.start(environment, onTable())) {
                missing.awaitLine(line -> line.contains("The table tokens cannot be read"));
                assertThat(missing.awaitExit()).isEqualTo(1);
            }
            try (var tables = dynamo.client()) {
                LedgerTable.create(tables, "tokens");
            }
            process = TaskboundProcess.start(environment, onTable());
            client = clientAt(process.awaitUrl());
            var token = granted();
            assertThat(redeem(token, "u")).isInstanceOf(RedeemAnswer.Redeemed.class);
            assertThat(process.terminate()).isZero();
        }
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(20);
        }
    }

    private String[] onTable() {
        return new String[] {
            "serve", "--policy", policy.toString(), "--port", "0", "--data", data(), "--table", "tokens"
        };
    }

    private void work(IssuerClient impatient, Queue<TaskToken> open, Queue<TaskToken> closed) {
        boolean close = false;
        while (true) {
            var request = request();
            var answer = impatient.mint(idToken(), request);
            if (!(answer instanceof MintAnswer.Granted granted)) {
                return;
            }
            var token = granted.token().token();
            if (close && !(impatient.close(token) instanceof CloseAnswer.Closed)) {
                return;
            }
            (close ? closed : open).add(token);
            close = !close;
        }
    }

    private void serve() throws IOException, InterruptedException {
        int port = url == null ? OwnPort.find() : URI.create(url).getPort();
        process = TaskboundProcess.start(
                "serve", "--policy", policy.toString(), "--port", String.valueOf(port), "--data", data());
        url = process.awaitUrl();
        client = clientAt(url);
    }

    private void killAndServe() throws Exception {
        process.kill9();
        serve();
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    private String mode(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(data(), file)));
    }

    private TaskToken granted() {
        var request = request();
        var answer = client.mint(idToken(), request);
        assertThat(answer).isInstanceOf(MintAnswer.Granted.class);
        GrantedToken token = ((MintAnswer.Granted) answer).token();
        return token.token();
    }

    private static IssuerClient clientAt(String url) {
        return IssuerClient.builder(IssuerUrl.of(url))
                .idTokenAudience("https://tokens.acme.example")
                .build();
    }

    private static TaskRequest request() {
        return TaskRequest.of(TaskDetail.of("deploy", "deploy", TARGET)).withTxn(UUID.randomUUID());
    }

    private IdToken idToken() {
        return IdToken.of(
                provider.idToken(provider.github("acme/shop", "main").forAudience("https://tokens.acme.example")));
    }

    private RedeemAnswer redeem(TaskToken token, String useId) {
        return client.redeem(server, token, new Use("deploy", TARGET, useId));
    }

    private static String reason(RedeemAnswer answer) {
        assertThat(answer).isInstanceOf(RedeemAnswer.NotRedeemed.class);
        return ((RedeemAnswer.NotRedeemed) answer).reason().orElse("");
    }

    private String keys() throws Exception {
        var request = HttpRequest.newBuilder(URI.create(url + "/.well-known/jwks.json"))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private String policyText(String uses) {
        return String.join(
                "\n",
                List.of(
                        "version: 1",
                        "providers:",
                        "  github:",
                        "    profile: github",
                        "    issuer: " + provider.issuer(),
                        "    audience: https://tokens.acme.example",
                        "resource_servers:",
                        "  deployer:",
                        "    audience: https://deploy.acme.example",
                        "    checks: redeem",
                        "    client_secret_hashes: [\"" + secret.hash() + "\"]",
                        "tasks:",
                        "  deploy:",
                        "    permissions:",
                        "      - resource_server: deployer",
                        "        actions: [deploy]",
                        "        identifiers: [\"environment:${project}/*\"]",
                        "    max_lifetime: 10m",
                        "    " + uses,
                        "    allow:",
                        "      - provider: github",
                        "        claims: {repository_id: \"2002\", repository_owner_id: \"1001\"}",
                        ""));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.client.GrantedToken;
import io.taskbound.identity.Requester;
import io.taskbound.issuer.Sweep;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyStore;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.Life;
import io.taskbound.ledger.RecordedGrant;
import io.taskbound.ledger.Sweeper;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.ledger.Uses;
import io.taskbound.local.BatchedPuts;
import io.taskbound.local.HttpDynamo;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.GrantedDetails;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import io.taskbound.window.OpenWindow;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an administrator sees of the tokens that the real issuer made, and of records that nobody should have made. */
class ListAndShowTest {
    private static HttpDynamo dynamo;

    private TableIssuer issuer;

    @BeforeAll
    static void startDynamo() {
        dynamo = HttpDynamo.start();
    }

    @AfterAll
    static void stopDynamo() {
        dynamo.close();
    }

    @BeforeEach
    void start() {
        issuer = new TableIssuer(dynamo.endpoint(), dynamo.credentials());
        issuer.publishPolicy();
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private List<String> handles(String... args) {
        var line = new ArrayList<>(List.of("list"));
        line.addAll(List.of(args));
        return issuer.json(line.toArray(String[]::new)).array("tokens").orElseThrow().items().stream()
                .map(token -> ((JsonObject) token).string("handle").orElseThrow())
                .toList();
    }

    @Test
    void listsTheTasksOfThePublishedPolicyTheNewestFirst() throws InterruptedException {
        var first = issuer.mint("deploy");
        Thread.sleep(5);
        var second = issuer.mint("sign");

        var ran = issuer.tokens("list");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out().lines()).hasSize(3).first().asString().startsWith("STATE");
        assertThat(ran.out().lines().skip(1))
                .satisfiesExactly(
                        line -> assertThat(line).contains(second.handle(), "alive", "sign", "acme/shop", "2002/7001/1"),
                        line -> assertThat(line).contains(first.handle(), "alive", "deploy"));
        assertThat(ran.err()).contains("2 found").contains("2 read");
    }

    @Test
    void showsWhatBecameOfAForeignCredential() {
        var token = token("deploy", Instant.now(), "acme/shop", Optional.empty());
        issuer.ledger().mint(token);
        var credentials = issuer.ledger().credentials();
        var until = Instant.now().plusSeconds(3_600);
        var asked = credentials
                .write(CredentialRecord.asking(token, "github-app", Instant.now(), until, until), Optional.empty())
                .orElseThrow();
        var delivered = credentials
                .write(asked.delivered(until, Optional.of("sealed"), until), Optional.of(asked))
                .orElseThrow();
        var handle = token.jti().toString();

        assertThat(issuer.tokens("show", handle).out())
                .contains("github-app, delivered", "deliveries 1", "until ")
                .doesNotContain("sealed");
        credentials.write(delivered.revoked(Instant.now()), Optional.of(delivered));

        assertThat(issuer.tokens("show", handle).out()).contains("github-app, revoked", "ended ");
        assertThat(issuer.json("show", handle)
                        .object("credential")
                        .orElseThrow()
                        .string("state"))
                .contains("revoked");
    }

    @Test
    void tellsEveryStateAsTheIssuerDoes() {
        var alive = issuer.mint("deploy");
        var closed = issuer.mint("deploy");
        issuer.close(closed);
        var spent = issuer.mint("sign");
        List.of("a", "b", "c").forEach(use -> issuer.redeems(spent, use));
        var denied = issuer.mint("deploy");
        issuer.tokens("revoke", denied.handle(), "--why", "x", "--yes");
        var past = Instant.now().minusSeconds(3_600);
        var lapsed = record("deploy", past.plusSeconds(3_000), "acme/shop", Optional.of(Duration.ofSeconds(60)));
        var expired = record("deploy", past, "acme/shop", Optional.empty());

        assertThat(handles("--state", "alive")).containsExactly(alive.handle());
        assertThat(handles("--state", "closed")).containsExactly(closed.handle());
        assertThat(handles("--state", "spent")).containsExactly(spent.handle());
        assertThat(handles("--state", "denied")).containsExactly(denied.handle());
        assertThat(handles("--state", "lapsed")).containsExactly(lapsed);
        assertThat(handles("--state", "expired")).containsExactly(expired);
        assertThat(handles("--state", "Alive", "--state", "closed")).hasSize(2);
    }

    /** What was closed, used up, denied, or has no lease, misses no close; what lives may still be closed. */
    @Test
    void listsWhatNobodyClosedBeforeAndAfterTheSweep() {
        issuer.mint("deploy");
        issuer.close(issuer.mint("deploy"));
        var spent = issuer.mint("sign");
        List.of("a", "b", "c").forEach(use -> issuer.redeems(spent, use));
        var past = Instant.now().minusSeconds(3_600);
        var lease = Optional.of(Duration.ofSeconds(60));
        record("deploy", past, "acme/shop", Optional.empty());
        deny(record("sign", past, "acme/shop", lease), past.plusSeconds(30));
        var lapsed = record("deploy", past.plusSeconds(60), "acme/shop", lease);
        var expired = record("deploy", past, "acme/shop", Optional.of(Duration.ofHours(2)));

        assertThat(handles("--missing-close")).containsExactly(lapsed, expired);
        assertMissing(lapsed, "lapsed");

        sweep();

        assertThat(handles("--missing-close")).containsExactly(lapsed, expired);
        assertThat(handles("--missing-close", "--state", "expired")).containsExactly(expired);
        assertMissing(lapsed, "lapsed");
        assertMissing(expired, "expired");
        assertThat(issuer.tokens("show", lapsed).out()).containsPattern("ended +.* by clock, cause lapsed");
        assertThat(issuer.tokens("show", spent.handle()).out())
                .containsPattern("ended +.* by signer, cause spent")
                .doesNotContain("missing");
        assertThat(issuer.json("show", spent.handle()).bool("missing_close")).contains(false);
    }

    private void deny(String handle, Instant at) {
        new DenyStore(new DynamoTable(issuer.client(), issuer.table()), Duration.ofDays(30))
                .write(new DenyEntry(DenyEntry.Kind.JTI, handle, Optional.empty(), at, "somebody", Optional.empty()));
    }

    private void sweep() {
        var sweeper = new Sweeper(new DynamoTable(issuer.client(), issuer.table()));
        var report = new Sweep(sweeper, line -> {}, line -> {}, Clock.systemUTC()).run("sweep", Duration.ofMinutes(1));
        assertThat(report.failed()).isZero();
    }

    private void assertMissing(String handle, String state) {
        assertThat(issuer.tokens("show", handle).out())
                .containsPattern("state +" + state + ", end ")
                .containsPattern("close +missing");
        assertThat(issuer.json("show", handle).bool("missing_close")).contains(true);
    }

    @Test
    void findsByTaskRunProjectProviderSubjectAndAge() {
        var shop = issuer.mint("deploy", "acme/shop", "7001");
        var web = issuer.mint("sign", "acme/web", "7002");
        var old = record("deploy", Instant.now().minus(Duration.ofHours(30)), "acme/old", Optional.empty());

        assertThat(handles("--task", "deploy")).containsExactly(shop.handle());
        assertThat(handles("--run", "2002/7001/1")).containsExactly(shop.handle());
        assertThat(handles("--run", web.handle())).containsExactly(web.handle());
        assertThat(handles("--run", web.handle().substring(0, 22))).containsExactly(web.handle());
        assertThat(handles("--project", "acme/web")).containsExactly(web.handle());
        assertThat(handles("--project", "2002")).containsExactly(shop.handle());
        assertThat(handles("--subject", "repo:acme/web:ref:refs/heads/main")).containsExactly(web.handle());
        assertThat(handles("--provider", "github")).hasSize(2);
        assertThat(handles("--provider", "jenkins")).isEmpty();
        assertThat(handles("--task", "deploy", "--project", "acme/web")).isEmpty();
        assertThat(handles("--since", "2d")).hasSize(3);
        assertThat(handles("--since", "2d", "--older-than", "24h")).containsExactly(old);
        assertThat(handles("--older-than", "10m")).isEmpty();
    }

    @Test
    void stopsAtTheLimitAndSaysHowToGoOn() {
        var all = IntStream.range(0, 7)
                .mapToObj(i -> issuer.mint(i % 2 == 0 ? "deploy" : "sign"))
                .map(GrantedToken::handle)
                .toList();

        var seen = new ArrayList<String>();
        var page = issuer.json("list", "--limit", "3");
        while (true) {
            page.array("tokens")
                    .orElseThrow()
                    .items()
                    .forEach(token ->
                            seen.add(((JsonObject) token).string("handle").orElseThrow()));
            var next = page.string("next");
            if (next.isEmpty()) {
                break;
            }
            page = issuer.json("list", "--limit", "3", "--after", next.get());
        }
        assertThat(seen).containsExactlyInAnyOrderElementsOf(all).doesNotHaveDuplicates();
        assertThat(issuer.tokens("list", "--limit", "3").err()).contains("continue with --after ");
        assertThat(issuer.tokens("list", "--limit", "7").err()).doesNotContain("--after");
    }

    @Test
    void showsWhatAnAuditorAsksFor() {
        var token = issuer.mint("sign");
        issuer.redeems(token, "one");
        issuer.tokens("revoke", token.handle(), "--why", "leaked, INC-7", "--yes");
        issuer.close(token);

        var out = issuer.tokens("show", token.handle()).out();
        assertThat(out)
                .contains(token.handle())
                .containsPattern("state +closed")
                .containsPattern("may +sign artifact:acme/shop/app.jar@sha256:9f")
                .containsPattern("at +signer")
                .containsPattern("project +acme/shop \\(2002\\)")
                .containsPattern("run +2002/7001/1, job 90001")
                .containsPattern("policy +v1 [0-9a-f]{64}")
                .containsPattern("uses +1 of 3 each")
                .containsPattern("Z  sign artifact:acme/shop/app.jar@sha256:9f.*  by signer")
                .containsPattern("ended +.* cause holder")
                .containsPattern("denied +entry .*token " + token.handle())
                .contains("leaked, INC-7")
                .doesNotContain("eyJ");

        var json = issuer.json("show", token.handle());
        assertThat(json.string("state")).contains("closed");
        assertThat(json.array("uses").orElseThrow().items()).hasSize(1);
        assertThat(json.array("denied").orElseThrow().items()).hasSize(1);
        assertThat(json.array("authorization_details").orElseThrow().items()).hasSize(1);
    }

    @Test
    void saysThatThereIsNothing() {
        var ran = issuer.tokens("list", "--state", "alive");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err()).contains("0 found");
        assertThat(issuer.json("list").array("tokens").orElseThrow().items()).isEmpty();
    }

    @Test
    void withoutAPublishedPolicyItAsksForTheTasks() {
        try (var bare = new TableIssuer(dynamo.endpoint(), dynamo.credentials())) {
            var token = bare.mint("deploy");
            var ran = bare.tokens("list");
            assertThat(ran.code()).isEqualTo(1);
            assertThat(ran.err()).contains("No policy was published").contains("--task");
            assertThat(bare.tokens("list", "--task", "deploy").out()).contains(token.handle());
            assertThat(bare.tokens("list", "--run", token.handle()).out()).contains(token.handle());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --state dead                                     | Choose from: alive, denied
        --task Deploy                                    | --task is not the name
        --since soon                                     | --since is not a time
        --since 2026-11-27T13:00:00                      | no time zone
        --since 500d                                     | at most 400 days
        --since 1h --older-than 2h                       | must span more than zero
        --limit 0                                        | --limit must be 1 to 10000
        --limit 10001                                    | --limit must be 1 to 10000
        --limit many                                     | --limit
        --after nonsense                                 | is not a token's handle
        """)
    void refusesWhatItDoesNotUnderstand(String line, String complaint) {
        var ran = issuer.tokens(("list " + line).split(" +"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(complaint);
        assertThat(ran.out()).isEmpty();
    }

    @Test
    void stopsAtTheLimitWithinARunToo() {
        var all = IntStream.range(0, 5)
                .mapToObj(i -> issuer.mint("deploy").handle())
                .toList();
        var run = all.get(0);

        var first = issuer.json("list", "--run", run, "--limit", "3");
        var rest = handles("--run", run, "--after", first.string("next").orElseThrow());

        assertThat(first.array("tokens").orElseThrow().items()).hasSize(3);
        assertThat(rest).hasSize(2);
        assertThat(all).containsAll(rest);
        assertThat(handles("--run", run)).hasSize(5).endsWith(rest.toArray(String[]::new));
    }

    @Test
    void refusesToGoOnAfterATokenThatIsGone() {
        var ran = issuer.tokens("list", "--after", "A".repeat(22) + "." + "A".repeat(32));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("no longer in the table").contains("--older-than");
    }

    @Test
    void saysHowFarItIsOnLongWork() {
        var now = Instant.now();
        try (var table = new BatchedPuts(issuer.client(), issuer.table())) {
            var ledger = new DynamoLedger(new DynamoTable(table, issuer.table()), Duration.ofDays(30));
            IntStream.range(0, 2_500)
                    .mapToObj(i -> token(
                            "deploy", now.minusMillis(i), i % 100 == 0 ? "acme/rare" : "acme/shop", Optional.empty()))
                    .forEach(ledger::mint);
        }

        var ran = issuer.tokens("list", "--project", "acme/rare");
        assertThat(ran.out().lines().skip(1)).hasSize(25).allMatch(line -> line.contains("acme/rare"));
        // After each thousand; and sooner where a machine takes seconds for it.
        assertThat(ran.err().lines().filter(line -> line.matches("… [0-9]+ records read, back to .*, [0-9]+ found")))
                .hasSizeGreaterThanOrEqualTo(2);
        assertThat(ran.err()).contains("25 found").contains("2500 read");
        var dry = issuer.json("revoke", "--task", "deploy", "--why", "x", "--dry-run");
        assertThat(dry.wholeNumber("alive_before")).hasValue(2_500);
    }

    @Test
    void storedTextReachesTheTerminalPlain() {
        var handle = record("deploy", Instant.now(), "acme/\u001b[2Jshop\r\n\u202e", Optional.empty());
        new DenyStore(new DynamoTable(issuer.client(), issuer.table()), Duration.ofDays(30))
                .write(new DenyEntry(
                        DenyEntry.Kind.TASK,
                        "deploy",
                        Optional.empty(),
                        Instant.now(),
                        "\u001b]0;title\u0007",
                        Optional.of("why\u009b2J")));

        for (var ran : List.of(
                issuer.tokens("list"),
                issuer.tokens("list", "--json"),
                issuer.tokens("show", handle),
                issuer.tokens("show", handle, "--json"),
                issuer.tokens("revoke", handle, "--why", "x", "--dry-run"))) {
            assertThat(ran.code()).as(ran.err()).isZero();
            assertThat(ran.out() + ran.err())
                    .contains(handle)
                    .doesNotContain("\u001b", "\u202e", "\u0007", "\r", "\u009b");
        }
        assertThat(((JsonObject) issuer.json("list")
                                .array("tokens")
                                .orElseThrow()
                                .items()
                                .get(0))
                        .string("project"))
                .as("nothing is lost for programs")
                .contains("acme/\u001b[2Jshop\r\n\u202e");
    }

    @Test
    void aRecordThatCannotBeReadHidesNoOther() {
        var good = issuer.mint("deploy");
        var bad = issuer.mint("deploy");
        var jti = Jti.parse(bad.handle()).orElseThrow();
        issuer.client()
                .updateItem(update -> update.tableName(issuer.table())
                        .key(java.util.Map.of(
                                "pk",
                                        software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(
                                                "R#" + jti.run()),
                                "sk",
                                        software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS(
                                                "T#" + jti.proof())))
                        .updateExpression("SET s = :s")
                        .expressionAttributeValues(java.util.Map.of(
                                ":s", software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS("?"))));

        var ran = issuer.tokens("list");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains(good.handle());
        assertThat(ran.err())
                .contains("A record cannot be read")
                .contains(jti.proof())
                .contains("1 of them unreadable");
        var show = issuer.tokens("show", bad.handle());
        assertThat(show.code()).isEqualTo(1);
        assertThat(show.err()).contains("cannot be read").contains("--run " + jti.run());
    }

    /** It has ended by its window, also before the sweeper has come by. */
    @Test
    void aTokenThatReachedTheEndOfItsWindowIsClosed() throws Exception {
        var issued = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(3_600);
        var token = token("deploy", issued, "acme/shop", Optional.empty());
        var grant = token.grant();
        var windowed = new TokenRecord(
                token.jti(),
                token.requester(),
                new RecordedGrant(
                        grant.task(),
                        grant.details(),
                        grant.server(),
                        grant.audience(),
                        grant.policy(),
                        grant.status(),
                        Optional.of(new OpenWindow(token.life().expires(), Optional.of("CHG0031337"))),
                        grant.approval()),
                token.life(),
                token.uses(),
                token.requestHash(),
                token.txn(),
                token.holder(),
                token.key());
        issuer.ledger().mint(windowed);
        var handle = token.jti().toString();

        assertThat(handles("--state", "closed")).contains(handle);
        assertThat(handles("--state", "expired")).doesNotContain(handle);
        assertThat(issuer.tokens("show", handle).out())
                .containsPattern("window +until " + token.life().expires() + ", change CHG0031337");
        assertThat(issuer.tokens("show", "--json", handle).out())
                .contains("\"window\":{\"end\":\"" + token.life().expires() + "\",\"change\":\"CHG0031337\"}");
    }

    @Test
    void showNamesTheKeyThatATokenIsBoundTo() throws Exception {
        var token = token("deploy", Instant.now().truncatedTo(ChronoUnit.SECONDS), "acme/shop", Optional.empty());
        var key = new KeyThumbprint("7P-UwyEeSX0oN8A66zQtpu759bgf6i-xetxbYuYyrv8");
        issuer.ledger()
                .mint(new TokenRecord(
                        token.jti(),
                        token.requester(),
                        token.grant(),
                        token.life(),
                        token.uses(),
                        token.requestHash(),
                        token.txn(),
                        token.holder(),
                        Optional.of(key)));
        var bound = token.jti().toString();
        var free = record("deploy", Instant.now().truncatedTo(ChronoUnit.SECONDS), "acme/shop", Optional.empty());

        assertThat(issuer.tokens("show", bound).out()).containsPattern("bound to +the key " + key);
        assertThat(issuer.tokens("show", "--json", bound).out()).contains("\"cnf\":{\"jkt\":\"" + key + "\"}");
        assertThat(issuer.tokens("show", free).out()).doesNotContain("bound to");
        assertThat(issuer.tokens("show", "--json", free).out()).doesNotContain("cnf");
    }

    private String record(String task, Instant issued, String project, Optional<Duration> lease) {
        var token = token(task, issued, project, lease);
        issuer.ledger().mint(token);
        return token.jti().toString();
    }

    /** A record as the issuer would write it, with what it would not. */
    private static TokenRecord token(String task, Instant issued, String project, Optional<Duration> lease) {
        var jti = new Jti(random(22), random(32));
        Optional<String> none = Optional.empty();
        var requester = new Requester(
                new ProviderName("github"),
                "https://ci.acme.example",
                "repo:" + project,
                "repo:1001/3003",
                Optional.of("3003"),
                Optional.of(project),
                "3003/1/1",
                none,
                none,
                none,
                issued,
                issued.plusSeconds(300));
        var grant = new RecordedGrant(
                new TaskName(task),
                GrantedDetails.recorded("[{\"actions\":[\"deploy\"],\"identifier\":\"env:production\"}]"),
                new ServerName("deployer"),
                "https://deploy.acme.example",
                new PolicyVersion(1, "4be1c0de".repeat(8)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new TokenRecord(
                jti,
                requester,
                grant,
                Life.begin(issued, issued.plusSeconds(900), lease),
                Uses.none(OptionalInt.empty(), 1),
                "q3vTn0mOeLr1J9dO5c6zbA",
                "6f1f6c8e-55f5-4b3c-9d2e-0b1f5f0a7c11",
                Optional.empty(),
                Optional.empty());
    }

    private static String random(int length) {
        return (java.util.UUID.randomUUID().toString() + java.util.UUID.randomUUID())
                .replace("-", "")
                .toUpperCase(Locale.ROOT)
                .substring(0, length);
    }
}

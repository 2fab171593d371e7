// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.Ran;
import io.taskbound.client.GrantedToken;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.DenyListLine;
import io.taskbound.ledger.DenyStore;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.local.BatchedPuts;
import io.taskbound.local.HttpDynamo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What is revoked is dead at the issuer's next answer, and nothing else is. */
class RevokeTest {
    private static final String WHY = "leaked, INC-7";
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

    private Ran revoke(String... args) {
        var line = new ArrayList<>(List.of("revoke", "--why", WHY));
        line.addAll(List.of(args));
        return issuer.tokens(line.toArray(String[]::new));
    }

    private void revoked(String... args) {
        var line = new ArrayList<>(List.of(args));
        line.add("--yes");
        var ran = revoke(line.toArray(String[]::new));
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("revoked  entry ");
    }

    private void assertAlive(GrantedToken... tokens) {
        assertThat(tokens).allMatch(issuer::introspects);
    }

    private void assertDead(GrantedToken... tokens) {
        assertThat(tokens).noneMatch(issuer::introspects).noneMatch(issuer::renews);
    }

    @Test
    void oneTokenIsDeadAtTheNextIntrospectionAndRenewalAndItsNeighbourLives() {
        var stolen = issuer.mint("deploy");
        var neighbour = issuer.mint("deploy");
        assertAlive(stolen, neighbour);

        revoked(stolen.handle());

        assertDead(stolen);
        assertAlive(neighbour);
        assertThat(issuer.renews(neighbour)).isTrue();
        assertThat(issuer.isRefused("deploy")).isFalse();
    }

    @Test
    void aUseThatWasAnsweredIsNotAnsweredAgain() {
        var token = issuer.mint("sign");
        assertThat(issuer.redeems(token, "one")).isTrue();
        assertThat(issuer.redeems(token, "one")).isTrue();

        revoked(token.handle());

        assertThat(issuer.redeems(token, "one")).isFalse();
        assertThat(issuer.redeems(token, "two")).isFalse();
    }

    @Test
    void aSpentTokenNoLongerAnswersItsLastUse() {
        var token = issuer.mint("sign");
        for (var use : List.of("one", "two", "three")) {
            assertThat(issuer.redeems(token, use)).isTrue();
        }
        assertThat(issuer.redeems(token, "three")).isTrue();

        revoked(token.handle());

        assertThat(issuer.redeems(token, "three")).isFalse();
    }

    @Test
    void aTaskIsDeadAndRefusesNewTokensWhileAnotherLives() {
        var first = issuer.mint("deploy");
        var second = issuer.mint("deploy", "acme/web", "7002");
        var other = issuer.mint("sign");

        revoked("--task", "deploy");

        assertDead(first, second);
        assertThat(issuer.redeems(other, "one")).isTrue();
        assertThat(issuer.isRefused("deploy")).isTrue();
        assertThat(issuer.isRefused("sign")).isFalse();
    }

    @Test
    void aRunIsNamedByItsTextAndByAHandleOfIt() {
        var one = issuer.mint("deploy", "acme/shop", "7001");
        var two = issuer.mint("deploy", "acme/shop", "7002");
        var three = issuer.mint("deploy", "acme/shop", "7003");

        revoked("--run", "2002/7001/1");
        assertDead(one);
        assertAlive(two, three);

        revoked("--run", two.handle());
        assertDead(two);
        assertAlive(three);
        assertThat(issuer.ask("deploy", "acme/shop", "7002"))
                .isInstanceOf(io.taskbound.client.MintAnswer.Refused.class);
    }

    @Test
    void aProjectIsNamedByItsIdAndNeverByItsName() {
        var shop = issuer.mint("deploy", "acme/shop", "7001");
        var web = issuer.mint("deploy", "acme/web", "7002");

        var byName = revoke("--project", "acme/shop", "--yes");
        assertThat(byName.code()).isEqualTo(1);
        assertThat(byName.err()).contains("names can change hands").contains("--project 2002");
        assertAlive(shop, web);

        revoked("--project", "2002");
        assertDead(shop);
        assertAlive(web);
    }

    @Test
    void aSubjectAndAProviderAreDead() {
        var shop = issuer.mint("deploy", "acme/shop", "7001");
        var web = issuer.mint("deploy", "acme/web", "7002");

        revoked("--subject", "repo:acme/shop:ref:refs/heads/main");
        assertDead(shop);
        assertAlive(web);

        revoked("--provider", "github");
        assertDead(web);
        assertThat(issuer.isRefused("sign")).isTrue();
    }

    @Test
    void whatWasIssuedBeforeATimeIsDeadAndWhatComesLaterLives() throws InterruptedException {
        var before = issuer.mint("deploy");
        Thread.sleep(20);

        revoked("--issued-before", "now");
        Thread.sleep(20);

        assertDead(before);
        assertAlive(issuer.mint("deploy"));
    }

    @Test
    void aTimeWithAZoneIsThatInstant() {
        var token = issuer.mint("deploy");
        var earlier = Instant.now().minusSeconds(600).toString().replaceAll("\\..*", "Z");
        revoked("--issued-before", earlier);
        assertAlive(token);

        var inAMinute = Instant.now().plusSeconds(60);
        var withZone = inAMinute.atOffset(java.time.ZoneOffset.ofHours(9)).toString();
        revoked("--issued-before", withZone);
        assertDead(token);
        assertThat(issuer.json("denied").array("entries").orElseThrow().items().toString())
                .contains(inAMinute
                        .truncatedTo(java.time.temporal.ChronoUnit.MILLIS)
                        .toString());
    }

    @Test
    void aDryRunCountsAndWritesNothing() {
        var tokens = List.of(issuer.mint("deploy"), issuer.mint("deploy"));
        issuer.close(issuer.mint("deploy"));
        issuer.mint("sign");

        var ran = revoke("--task", "deploy", "--dry-run");

        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out())
                .contains("task deploy")
                .contains("2 tokens that are alive now")
                .contains(tokens.get(0).handle())
                .contains("by      local:")
                .contains(WHY)
                .contains("Dry run: nothing was written.");
        assertThat(tokens).allMatch(issuer::introspects);
        assertThat(issuer.tokens("denied").out()).isEmpty();
    }

    @Test
    void itSaysForProgramsWhatItEndedAndWhatItWrote() {
        var token = issuer.mint("deploy");

        var dry = issuer.json("revoke", "--task", "deploy", "--why", WHY, "--dry-run");
        assertThat(dry.bool("dry_run")).contains(true);
        assertThat(dry.has("entry")).isFalse();
        var done = issuer.json("revoke", "--task", "deploy", "--why", WHY, "--yes");

        assertThat(done.bool("dry_run")).contains(false);
        assertThat(done.wholeNumber("alive_before")).hasValue(1);
        assertThat(done.wholeNumber("dead_now")).hasValue(1);
        assertThat(done.bool("counted_all")).contains(true);
        assertThat(done.array("tokens").orElseThrow().items()).hasSize(1);
        var denied = done.object("denied").orElseThrow();
        assertThat(denied.string("kind")).contains("task");
        assertThat(denied.string("by").orElseThrow()).startsWith("local:");
        assertThat(denied.string("why")).contains(WHY);
        assertThat(done.string("entry")).isEqualTo(onlyEntry().string("entry"));
        assertDead(token);
    }

    private JsonObject onlyEntry() {
        var entries = issuer.json("denied").array("entries").orElseThrow().items();
        assertThat(entries).hasSize(1);
        return (JsonObject) entries.get(0);
    }

    @Test
    void anEntryEndsOnlyWhenNothingThatItEndedCanBeAlive() {
        var token = issuer.mint("deploy");
        revoked(token.handle());
        assertThat(Instant.parse(onlyEntry().string("until").orElseThrow()))
                .isAfter(token.expiresAt().plusSeconds(240));

        var tooShort = revoke("--task", "deploy", "--for", "30m", "--yes");
        assertThat(tooShort.code()).isEqualTo(2);
        assertThat(tooShort.err()).contains("65m").contains("live again");
        revoked("--task", "deploy", "--permanent");
        assertThat(issuer.tokens("denied").out()).contains("for ever");
    }

    @Test
    void withoutAYesNothingIsWritten() {
        var token = issuer.mint("deploy");

        var ran = revoke("--task", "deploy");

        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("nothing was changed").contains("--yes");
        assertAlive(token);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --dry-run                                  | Nothing to revoke was named
        --task deploy --project 2002               | More than one thing
        --task Deploy                              | --task is not the name
        --provider a_b                             | --provider is not the name
        not-a-handle                               | Not a token's handle
        eyJhbGciOiJFUzI1NiJ9.made.up               | Not a token's handle
        --issued-before 2026-11-27T13:00:00        | no time zone
        --issued-before 2026-11-27                 | no time zone
        --issued-before yesterday                  | is not a time
        --issued-before 2099-01-01T00:00:00Z       | is in the future
        --task deploy --for 9999d                  | --for must be
        --task deploy --for soon                   | not a duration
        --task deploy --for 2h --permanent         | exclude each other
        --issued-before now --permanent            | are for a run
        """)
    void refusesWhatItDoesNotFullyUnderstand(String line, String complaint) {
        var ran = revoke((line + " --yes").split(" +"));
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains(complaint);
        assertThat(issuer.tokens("denied").out()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-AAAAAAAAAAAAAAAAAAAAA",
                "-hAAAAAAAAAAAAAAAAAAAA",
                "-VAAAAAAAAAAAAAAAAAAAA",
                "--hAAAAAAAAAAAAAAAAAAA"
            })
    void aHandleThatBeginsLikeAnOptionIsAHandle(String run) {
        var handle = run + ".-" + "A".repeat(31);

        assertThat(revoke(handle, "--yes").err()).contains("has no token " + handle);
        assertThat(issuer.tokens("show", handle).err()).contains("has no token " + handle);
        assertThat(issuer.tokens("lift", run.substring(0, 16), "--why", WHY).err())
                .contains("has no entry " + run.substring(0, 16) + ".");
        assertThat(issuer.tokens("list", "--after", handle).err()).contains("no longer in the table");
        assertThat(revoke("--run", handle, "--yes").err()).contains("Unknown run " + run);
        assertThat(revoke("--run", run, "--yes").err()).contains("Unknown run " + run);
    }

    @Test
    void aMistypedOptionRevokesNothing() {
        var token = issuer.mint("deploy");

        assertThat(revoke("--task", "deploy", "--dryrun", "--yes").code()).isEqualTo(2);
        assertThat(revoke("--task", "deploy", "--dry-rnu", "--yess").code()).isEqualTo(2);
        assertAlive(token);
    }

    /** Whoever wrote it died before the list's version moved, or was told that nobody knows; so they run it again. */
    @Test
    void whatWasWrittenAndNotAnnouncedIsHeededWhenItIsRunAgain() {
        var token = issuer.mint("deploy");
        assertAlive(token);
        plant("TASK", "deploy");
        assertAlive(token);

        assertThat(revoke("--task", "deploy", "--dry-run").out()).contains("Already in force");
        assertAlive(token);

        var again = revoke("--task", "deploy", "--yes");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("Already in force");
        assertDead(token);
    }

    private void plant(String kind, String value) {
        var end = String.valueOf(Instant.now().plus(Duration.ofHours(2)).toEpochMilli());
        issuer.client()
                .putItem(put -> put.tableName(issuer.table())
                        .item(Map.of(
                                "pk", AttributeValue.fromS("DENY"),
                                "sk", AttributeValue.fromS("E#AAAAAAAAAAAAAAAA"),
                                "dk", AttributeValue.fromS(kind),
                                "dv", AttributeValue.fromS(value),
                                "du", AttributeValue.fromN(end),
                                "da", AttributeValue.fromN("0"),
                                "db", AttributeValue.fromS("ada"))));
    }

    @Test
    void aLookNeedsNoReasonAndARevocationDoes() {
        var token = issuer.mint("deploy");

        var dry = issuer.tokens("revoke", "--task", "deploy", "--dry-run");
        assertThat(dry.code()).as(dry.err()).isZero();
        assertThat(dry.out()).contains("1 token that is alive now").doesNotContain("why ");

        var ran = issuer.tokens("revoke", "--task", "deploy", "--yes");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("A revocation needs a reason").contains("--why");
        assertAlive(token);
    }

    @Test
    void aReasonIsRecordedAsItWasTyped() {
        issuer.mint("deploy");
        assertThat(issuer.tokens("revoke", "--task", "deploy", "--why", "-leaked", "--yes")
                        .code())
                .isZero();
        assertThat(issuer.tokens("denied").out()).contains("-leaked").doesNotContain("=-leaked");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   ", "two\nlines"})
    void refusesToRecordNoReason(String why) {
        var ran = issuer.tokens("revoke", "--task", "deploy", "--why", why, "--yes");
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.err()).contains("--why is not one line");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"--task depoly", "--run 2002/9/1", "--project 2003", "--provider gitlab", "--subject nobody"})
    void aTypingErrorIsNotTakenForARevocation(String line) {
        issuer.mint("deploy");

        var ran = revoke((line + " --yes").split(" "));
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("Unknown").contains("--unseen");
        assertThat(issuer.tokens("denied").out()).isEmpty();

        revoked((line + " --unseen").split(" "));
    }

    @Test
    void aTaskOfThePolicyIsKnownThoughNoTokenIsOfIt() {
        revoked("--task", "deploy");

        assertThat(issuer.isRefused("deploy")).isTrue();
    }

    @Test
    void aHandleThatIsNotThereIsRefusedAndADeadOneIsNothingToRevoke() {
        var unknown = "A".repeat(22) + "." + "A".repeat(32);
        assertThat(revoke(unknown, "--yes").err()).contains("has no token " + unknown);

        var closed = issuer.mint("deploy");
        issuer.close(closed);
        var ran = revoke(closed.handle(), "--yes");
        assertThat(ran.code()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("Nothing to revoke: the token ended at");
        assertThat(revoke("--issued-before", "3d", "--yes").out()).contains("Nothing to revoke");
        assertThat(issuer.tokens("denied").out()).isEmpty();
    }

    @Test
    void aDamagedPolicyStopsNobodyWhoNamesATokenATaskOrSaysUnseen() {
        var one = issuer.mint("deploy", "acme/shop", "7001");
        var two = issuer.mint("sign", "acme/shop", "7002");
        var three = issuer.mint("deploy", "acme/web", "7003");
        issuer.client()
                .putItem(put -> put.tableName(issuer.table())
                        .item(Map.of(
                                "pk", AttributeValue.fromS("POLICY"),
                                "sk", AttributeValue.fromS("V#1#0"),
                                "t", AttributeValue.fromS("bm9uc2Vuc2U="))));

        revoked(one.handle());
        revoked("--task", "sign");
        var ran = revoke("--project", "2002", "--yes");
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains("is damaged").contains("--unseen");
        revoked("--provider", "github", "--unseen");

        assertDead(one, three);
        assertThat(issuer.redeems(two, "one")).isFalse();
    }

    @Test
    void nothingToRevokeIsSaidToProgramsToo() {
        var closed = issuer.mint("deploy");
        issuer.close(closed);

        assertThat(issuer.json("revoke", closed.handle(), "--why", WHY, "--yes").string("nothing_to_revoke"))
                .isPresent();
    }

    @Test
    void theSameTwiceIsOneEntry() {
        revoked("--task", "deploy");

        var again = revoke("--task", "deploy", "--yes");
        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("Already in force: entry ").contains("Nothing new was written.");
        onlyEntry();
    }

    @Test
    void manyAdministratorsAtOnceLoseNothing() {
        var tokens = IntStream.range(0, 6)
                .mapToObj(i -> issuer.mint("deploy", "acme/shop", "80" + i))
                .toList();
        var spared = issuer.mint("deploy");

        CompletableFuture.allOf(tokens.stream()
                        .map(token -> CompletableFuture.runAsync(() -> revoked(token.handle())))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(tokens).noneMatch(issuer::introspects);
        assertThat(issuer.json("denied").array("entries").orElseThrow().items()).hasSize(6);
        assertAlive(spared);
    }

    @Test
    void aLongListTakesWideEntriesOnly() {
        var token = issuer.mint("deploy");
        fill(1_000);

        var narrow = revoke(token.handle(), "--yes");
        assertThat(narrow.code()).isEqualTo(1);
        assertThat(narrow.err()).contains("The deny list has 1000 entries").contains("--task");
        assertAlive(token);

        revoked("--task", "deploy");
        assertDead(token);
    }

    private void fill(int entries) {
        try (var table = new BatchedPuts(issuer.client(), issuer.table())) {
            for (int i = 0; i < entries; i++) {
                var sk = "E#" + "%016d".formatted(i);
                table.putItem(put -> put.tableName(issuer.table())
                        .item(Map.of(
                                "pk", AttributeValue.fromS("DENY"),
                                "sk", AttributeValue.fromS(sk),
                                "dk", AttributeValue.fromS("JTI"),
                                "dv", AttributeValue.fromS(sk),
                                "da", AttributeValue.fromN("0"),
                                "db", AttributeValue.fromS("ada"))));
            }
        }
    }

    @Test
    void liftingAnEntryLetsTheRestLiveAgainAndKeepsWhoDidIt() {
        var token = issuer.mint("deploy");
        revoked("--task", "deploy");
        var entry = onlyEntry().string("entry").orElseThrow();

        assertThat(issuer.tokens("lift", entry, "--why", "over", "--dry-run").out())
                .contains("task deploy")
                .contains("Dry run: nothing was written.");
        assertDead(token);
        var unasked = issuer.tokens("lift", entry, "--why", "over");
        assertThat(unasked.code()).isEqualTo(1);
        assertThat(unasked.err()).contains("Lift it? [y/N]").contains("Not confirmed, so nothing was changed.");
        assertDead(token);

        var ran = issuer.tokens("lift", entry, "--why", "over", "--yes");
        assertThat(ran.out()).contains("lifted by local:");
        assertAlive(token);
        assertThat(issuer.isRefused("deploy")).isFalse();
        assertThat(issuer.tokens("denied").out()).isEmpty();
        assertThat(issuer.tokens("denied", "--all").out())
                .contains("lifted by local:")
                .contains("over");
        assertThat(issuer.tokens("lift", entry, "--why", "over", "--yes").err()).contains("is no longer in force");
        assertThat(issuer.tokens("lift", "nonsense", "--why", "over", "--yes").err())
                .contains("has no entry nonsense");
    }

    @Test
    void withoutAPublishedPolicyItSaysThatItCannotCount() {
        try (var bare = new TableIssuer(dynamo.endpoint(), dynamo.credentials())) {
            var token = bare.mint("deploy");
            assertThat(bare.tokens("revoke", "--project", "2002", "--why", WHY, "--yes")
                            .err())
                    .contains("No policy was published")
                    .contains("--unseen");
            assertThat(bare.introspects(token)).isTrue();

            var ran = bare.tokens("revoke", "--project", "2002", "--why", WHY, "--yes", "--unseen");
            assertThat(ran.out()).contains("not all were counted");
            assertThat(bare.introspects(token)).isFalse();

            var ofTask = bare.mint("sign", "acme/web", "7002");
            assertThat(bare.tokens("revoke", "--task", "sign", "--why", WHY, "--yes")
                            .out())
                    .contains("1 token that is alive now")
                    .contains("1 of 1 tokens");
            assertThat(bare.redeems(ofTask, "one")).isFalse();
        }
    }

    @Test
    void storedTextReachesTheTerminalPlain() {
        var store = new DenyStore(new DynamoTable(issuer.client(), issuer.table()), Duration.ofDays(30));
        store.write(new DenyEntry(
                DenyEntry.Kind.SUBJECT,
                "\u001b[2Jgone\u202e",
                Optional.empty(),
                Instant.now(),
                "\u001b]0;title\u0007",
                Optional.of("\r\nfaked line")));
        store.write(new DenyEntry(
                DenyEntry.Kind.JTI,
                "no handle \u001b[2J\u202e",
                Optional.empty(),
                Instant.now(),
                "ada",
                Optional.empty()));
        issuer.client()
                .putItem(put -> put.tableName(issuer.table())
                        .item(Map.of(
                                "pk", AttributeValue.fromS("DENY"), "sk", AttributeValue.fromS("E#\u001b[31mred"))));

        for (var ran : List.of(issuer.tokens("denied"), issuer.tokens("denied", "--all", "--json"))) {
            assertThat(ran.out() + ran.err())
                    .doesNotContain("\u001b", "\u202e", "\u0007", "\r")
                    .contains("gone")
                    .contains("cannot be read");
        }
        assertThat(store.read())
                .filteredOn(DenyListLine.Unreadable.class::isInstance)
                .hasSize(1);
    }
}

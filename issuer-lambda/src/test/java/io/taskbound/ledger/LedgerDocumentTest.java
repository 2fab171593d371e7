// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.HOLDER;
import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jti;
import static io.taskbound.ledger.SampleTokens.sample;
import static io.taskbound.ledger.SampleTokens.token;
import static io.taskbound.ledger.SampleTokens.unlimited;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Base64Url;
import io.taskbound.identity.ProofKeys;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.local.HttpDynamo;
import io.taskbound.policy.Budget;
import io.taskbound.task.TaskName;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** docs/ledger.md against what goes over the wire. */
class LedgerDocumentTest {
    private static final Instant LATER = NOW.plusSeconds(1);
    private static final Set<String> expressions = new TreeSet<>();
    private static final Set<String> attributes = new TreeSet<>();
    private static HttpDynamo dynamo;
    private static DynamoDbClient client;
    private static String document;

    @BeforeAll
    static void useEveryOperation() throws IOException {
        document = Files.readString(Path.of(System.getProperty("taskbound.root"), "docs", "ledger.md"));
        dynamo = HttpDynamo.start();
        var wire = new FaultyHttp(Apache5HttpClient.create());
        client = PatientClient.over(dynamo, wire);
        LedgerTable.create(client, "taskbound");
        wire.always(connection -> {
            note(connection.body());
            return connection.send();
        });
        use(new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30)));
        approve(new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30)));
        administer();
        sweep();
    }

    private static void sweep() {
        var table = new DynamoTable(client, "taskbound");
        var ledger = new DynamoLedger(table, Duration.ofDays(30));
        var tokens = List.of(
                sample(jti()).record(),
                sample(jti()).withLease(Duration.ofSeconds(60)).record(),
                sample(jti())
                        .withLease(Duration.ofSeconds(60))
                        .withTask(new TaskName("stolen"))
                        .record());
        tokens.forEach(ledger::mint);
        ledger.renew(tokens.get(1).jti(), HOLDER, NOW.plusSeconds(30));
        new DenyStore(table, Duration.ofDays(30))
                .write(new DenyEntry(
                        DenyEntry.Kind.TASK, "stolen", Optional.empty(), NOW, "ada", Optional.of("leaked")));
        var unheard = new Sweeper.Progress() {
            @Override
            public void ended(TokenRecord token) {}

            @Override
            public void rearmed() {}

            @Override
            public void unreadable() {}

            @Override
            public boolean goesOn(Instant reached) {
                return true;
            }
        };
        for (int shard = 0; shard < Sweeper.SHARDS; shard++) {
            new Sweeper(table).sweep(shard, NOW.plusSeconds(95), unheard);
            new Sweeper(table).sweep(shard, NOW.plus(Duration.ofDays(1)), unheard);
        }
    }

    private static void approve(DynamoLedger ledger) {
        var approvals = ledger.approvals();
        var run = Base64Url.random(16);
        var first = ApprovalsContract.wanted(run, 2, NOW, "1");
        approvals.ask(first, NOW);
        approvals.ask(first, LATER);
        var seen = approvals.look(first.id()).orElseThrow().record();
        approvals.useUp(new ProofKeys(run, Base64Url.random(24), "0".repeat(64)), NOW);
        var once = approvals.decide(seen, ApprovalsContract.by("2", true)).orElseThrow();
        var twice = approvals.decide(once, ApprovalsContract.by("3", true)).orElseThrow();
        var single = ApprovalsContract.wanted(run, 1, NOW, "2");
        approvals.ask(single, NOW);
        approvals.decide(single, ApprovalsContract.by("2", true));
        approvals.claim(twice, jti(), NOW);
        approvals.claim(twice, jti(), NOW.plus(Budgets.UNWRITTEN).plusSeconds(1));
        approvals.holds(first.id(), jti());
        approvals.pending(NOW, found -> true, 10);
        ledger.mint(sample(jti()).record().withApproval(first.id()));
    }

    private static void administer() {
        var denials = new DenyStore(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
        var id = denials.write(
                new DenyEntry(DenyEntry.Kind.TASK, "deploy", Optional.of(LATER), NOW, "ada", Optional.of("leaked")));
        denials.lift(id, new DenyListLine.Lifting(NOW, "ada", "found"));
        denials.read();
        var listing = new TokenListing(new DynamoTable(client, "taskbound"));
        listing.newestFirst(List.of(new TaskName("sign-release")), NOW, NOW, Optional.empty())
                .forEachRemaining(found -> {});
        listing.ofRun(jti().run());
    }

    private static void use(Ledger ledger) {
        var lease = Duration.ofSeconds(60);
        var token =
                sample(jti()).withLease(lease).withMark(NOW.plus(lease), true).record();
        ledger.mint(token);
        ledger.markSigned(token.jti(), LATER);
        ledger.renew(token.jti(), HOLDER, LATER);
        ledger.redeem(token, 0, "sign", "a", LATER);
        ledger.markUnsigned(token.jti());
        ledger.closeAll(token.jti().run(), token.requester().job(), closure(LATER, Cause.JOB), LATER.plusSeconds(5));
        ledger.close(token.jti(), new Closure(LATER, "ada", Cause.ADMINISTRATOR, Optional.of("leaked")));
        ledger.blocks(token.jti().run());
        ledger.lookUp(token.jti());
        var twice = sample(jti()).withMaxUses(2, 1).record();
        ledger.mint(twice);
        ledger.redeem(twice, 0, "sign", "a", LATER);
        ledger.redeem(twice, 0, "sign", "b", LATER);
        budgets(ledger.budgets());
        var listed = sample(jti()).withStatus(ledger.statusLists().allot(NOW)).record();
        ledger.mint(listed);
        ledger.close(listed.jti(), closure(LATER, Cause.HOLDER));
        assertThat(ledger.statusLists()
                        .ended(listed.grant().status().orElseThrow().list()))
                .isPresent();
        ledger.keyProofs().nonces(NOW);
        assertThat(ledger.keyProofs().use(listed.jti(), KeyProofsContract.KEY, "id", "use", NOW))
                .isTrue();
        credential(ledger);
        var endless = unlimited();
        ledger.mint(endless);
        for (int i = 0; i <= Uses.MAX_REMEMBERED; i++) {
            ledger.redeem(endless, 0, "sign", "key-" + i, LATER);
        }
    }

    private static void credential(Ledger ledger) {
        var token = unlimited();
        var credentials = ledger.credentials();
        ledger.mint(token);
        credentials.look(token.jti());
        assertThat(credentials.count(token, HOLDER, LATER)).isPresent();
        var asked = credentials
                .write(CredentialRecord.asking(token, "github-app", NOW, LATER, NOW), Optional.empty())
                .orElseThrow();
        var again = credentials
                .write(asked.askingAgain(NOW, LATER, NOW), Optional.of(asked))
                .orElseThrow();
        var delivered = credentials
                .write(again.delivered(LATER, Optional.of("sealed"), NOW), Optional.of(again))
                .orElseThrow();
        assertThat(credentials.write(delivered.revoked(LATER), Optional.of(delivered)))
                .isPresent();
        credentials.due(0, NOW, handle -> true);
    }

    /** From nothing, over an abandoned claim, and refused. */
    private static void budgets(Budgets budgets) {
        var two = new Budget(OptionalInt.of(1), OptionalInt.empty(), true);
        var abandoned = NOW.plus(Budgets.UNWRITTEN).plusMillis(1);
        budgets.claim(token(), two, NOW);
        var claims = budgets.claim(token(), two, abandoned);
        assertThat(claims.refused()).isEmpty();
        assertThat(budgets.lost(claims)).isEmpty();
        assertThat(budgets.claim(token(), two, abandoned).refused()).isPresent();
    }

    private static void note(String body) {
        try {
            var request = StrictJson.parseObject(body.getBytes(StandardCharsets.UTF_8));
            for (var name : Set.of("ConditionExpression", "UpdateExpression", "KeyConditionExpression")) {
                request.string(name).ifPresent(expressions::add);
            }
            request.object("Item")
                    .ifPresent(item -> attributes.addAll(item.members().keySet()));
            request.object("ExpressionAttributeValues")
                    .flatMap(values -> values.object(":use"))
                    .flatMap(use -> use.object("M"))
                    .map(JsonObject::members)
                    .ifPresent(use -> attributes.addAll(use.keySet()));
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    @AfterAll
    static void stop() {
        client.close();
        dynamo.close();
    }

    @Test
    void quotesEveryExpressionAsItIs() {
        assertThat(expressions)
                .hasSizeGreaterThan(12)
                .allSatisfy(expression -> assertThat(document).contains("`" + expression + "`"));
    }

    @Test
    void namesTheAttributesOfTheClassAndNoOthers() {
        assertThat(declared()).hasSizeGreaterThan(60).isEqualTo(documented());
    }

    @Test
    void everyAttributeOnTheWireIsOfTheClass() {
        assertThat(attributes).hasSizeGreaterThan(35).isSubsetOf(declared());
    }

    private static Set<String> declared() {
        return Arrays.stream(Attributes.class.getDeclaredFields())
                .filter(field -> field.getType() == String.class)
                .map(LedgerDocumentTest::value)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(Field field) {
        try {
            return (String) field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** The first column of each table of attributes. */
    private static Set<String> documented() {
        var names = new TreeSet<String>();
        boolean within = false;
        for (var line : document.lines().toList()) {
            within = line.startsWith("| name | type | meaning |") || (within && line.startsWith("|"));
            if (within && line.startsWith("| `")) {
                Pattern.compile("`(\\w+)`")
                        .matcher(line.split("\\|")[1])
                        .results()
                        .forEach(found -> names.add(found.group(1)));
            }
        }
        return names;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.digest.Sha256;
import io.taskbound.http.TestIssuer;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.issuer.PolicyTerms;
import io.taskbound.json.JsonText;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.ledger.TableState;
import io.taskbound.local.HttpDynamo;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.token.KmsSigner;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import io.taskbound.token.StandInKms;
import io.taskbound.token.TaskSigner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * The function follows what is published in its table, if the policy key has signed it: a table on DynamoDB Local and a
 * KMS behind real HTTP.
 */
class FunctionPolicyTest {
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static HttpDynamo dynamo;

    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());
    private final String table = "policies" + TABLES.incrementAndGet();
    private StandInKms keyService;
    private KmsClient kms;
    private DynamoDbClient client;
    private PolicyStore store;
    private TaskSigner policyKey;
    private IssuerLambda lambda;

    @BeforeAll
    static void start() {
        dynamo = HttpDynamo.start();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @BeforeEach
    void wire() throws Exception {
        keyService = new StandInKms();
        kms = KmsClient.builder()
                .endpointOverride(keyService.endpoint())
                .region(Region.EU_CENTRAL_1)
                .credentialsProvider(dynamo.credentials())
                .build();
        client = DynamoDbClient.builder()
                .endpointOverride(dynamo.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(dynamo.credentials())
                .build();
        LedgerTable.create(client, table);
        store = new PolicyStore(new DynamoTable(client, table));
        policyKey = KmsSigner.open(kms, StandInKms.KEY);
        lambda = lambda(PolicyTerms.of(TestIssuer.ISSUER));
    }

    private IssuerLambda lambda(PolicyTerms terms) {
        Component<SigningKeys> signer = () -> issuer.signer;
        return new IssuerLambda(new LambdaWiring(
                TestIssuer.ISSUER,
                new LedgerComponent(() -> issuer.ledger),
                () -> TableState.READY,
                new TablePolicyComponent(
                        () -> store,
                        table,
                        terms,
                        Optional.of(new KmsSignerComponent(() -> kms, StandInKms.KEY)),
                        new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK),
                        line -> {},
                        issuer.clock),
                signer,
                () -> {},
                Runnable::run,
                issuer.audit::add,
                line -> {},
                issuer.meters,
                TestFunction.SHORT,
                () -> {},
                issuer.clock));
    }

    @AfterEach
    void close() {
        client.close();
        kms.close();
        keyService.close();
        issuer.close();
    }

    private String policy() {
        return TestIssuer.policyJson(issuer.provider.issuer());
    }

    private void publish(String json) throws SignerUnavailable {
        publish(json, policyKey, table);
    }

    private void publish(String json, TaskSigner by, String signedFor) throws SignerUnavailable {
        var canonical = canonical(json);
        long head = store.head();
        var release = new PolicyRelease(
                new PolicyVersion(head + 1, Sha256.hex(canonical)),
                head,
                PolicyStore.partsOf(canonical),
                issuer.clock.instant(),
                "arn:publisher",
                Optional.empty(),
                Optional.empty());
        var signature = Base64.getUrlEncoder().withoutPadding().encodeToString(by.sign(release.statement(signedFor)));
        var signed = release.signed(signature);
        store.claim(signed);
        store.write(signed, canonical);
        store.moveHead(signed);
    }

    private static String canonical(String json) {
        try {
            return JsonText.canonical(StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8)));
        } catch (MalformedJson malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** Whether sign-release may be asked for with ten minutes of life, as the first policy says. */
    private boolean mints() {
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        return TestFunction.invoke(lambda, LambdaEvents.post("/token", form, Optional.empty()))
                        .status()
                == 200;
    }

    private void aMinuteLater() {
        issuer.clock.advance(Duration.ofSeconds(60));
    }

    private String without(String task) {
        return policy().replace("\"" + task + "\":", "\"" + task + "-renamed\":");
    }

    @Test
    void followsWhatThePolicyKeyHasSigned() throws Exception {
        publish(policy());
        assertThat(mints()).isTrue();
        publish(without("sign-release"));
        aMinuteLater();

        assertThat(mints()).isFalse();
        assertThat(String.join("\n", issuer.audit)).contains("\"result\":\"in_force\"");
    }

    @Test
    void keepsTheLastGoodVersionAndRaisesTheAlarmForAForeignSignature() throws Exception {
        publish(policy());
        assertThat(mints()).isTrue();
        publish(without("sign-release"), LocalSigner.generate(), table);
        aMinuteLater();
        issuer.metrics.clear();

        assertThat(mints()).isTrue();
        assertThat(String.join("\n", issuer.audit))
                .contains("\"reason\":\"policy_refused\"", "no signature, or not one");
        assertThat(String.join("\n", issuer.metrics)).contains("\"PolicyRefused\":1");
    }

    @Test
    void refusesWhatWasSignedForAnotherTable() throws Exception {
        publish(policy());
        assertThat(mints()).isTrue();
        publish(without("sign-release"), policyKey, "another-table");
        aMinuteLater();
        assertThat(mints()).isTrue();
    }

    /**
     * Signed all of it, but of a version that was replaced: copied to a higher number by somebody who can write to the
     * table.
     */
    @Test
    void refusesAnOldSignedVersionUnderAHigherNumber() throws Exception {
        publish(without("sign-release"));
        publish(policy());
        assertThat(mints()).isTrue();
        var old = new HashMap<>(item("R#1"));
        old.put("sk", AttributeValue.fromS("R#3"));
        client.putItem(put -> put.tableName(table).item(old));
        client.putItem(put -> put.tableName(table)
                .item(Map.of(
                        "pk", AttributeValue.fromS("POLICY"),
                        "sk", AttributeValue.fromS("HEAD"),
                        "v", AttributeValue.fromN("3"))));
        aMinuteLater();

        assertThat(mints()).isTrue();
        assertThat(String.join("\n", issuer.audit)).contains("the head names a version that is not there");
    }

    private Map<String, AttributeValue> item(String sk) {
        return client.getItem(get -> get.tableName(table)
                        .key(Map.of("pk", AttributeValue.fromS("POLICY"), "sk", AttributeValue.fromS(sk))))
                .item();
    }

    @Test
    void refusesATextThatWasChangedUnderItsSignature() throws Exception {
        publish(policy());
        assertThat(mints()).isTrue();
        publish(without("sign-release"));
        var part = new HashMap<>(item("V#1#0"));
        part.put("sk", AttributeValue.fromS("V#2#0"));
        client.putItem(put -> put.tableName(table).item(part));
        aMinuteLater();

        assertThat(mints()).isTrue();
        assertThat(String.join("\n", issuer.audit)).contains("its text is incomplete, or not of its hash");
    }

    @Test
    void issuesNothingWhileThePolicyKeyIsOutOfReach() throws Exception {
        publish(policy());
        keyService.down = true;
        assertThat(mints()).isFalse();
        assertThat(issuer.lastAudit()).contains("\"detail\":\"policy_unreachable\"");

        keyService.down = false;
        issuer.clock.advance(Duration.ofSeconds(10));
        assertThat(mints()).isTrue();
    }

    @Test
    void issuesNothingUnderAPolicyThatNobodySigned() throws Exception {
        publish(policy(), LocalSigner.generate(), table);
        assertThat(mints()).isFalse();
        assertThat(issuer.lastAudit()).contains("\"detail\":\"policy_refused\"");
    }

    @Test
    void aSealedKeyWithAServerThatNeverAsksIsRefusedUnlessAccepted() throws Exception {
        publish(policy().replace(
                        "\"checks\":\"introspect\",\"client_secret_hashes\":",
                        "\"checks\":\"offline\",\"typ\":\"JWT\",\"x\":")
                .replaceAll("\"x\":\\[[^]]*\\]", "\"typ2\":1")
                .replace(",\"typ2\":1", "")
                .replace("\"max_lifetime\":\"15m\"", "\"max_lifetime\":\"5m\""));
        lambda = lambda(new PolicyTerms(TestIssuer.ISSUER, false));
        assertThat(mints()).isFalse();
        assertThat(issuer.lastAudit()).contains("\"detail\":\"policy_refused\"");

        lambda = lambda(new PolicyTerms(TestIssuer.ISSUER, true));
        assertThat(mints()).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonNumber;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.metrics.Meters;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the metrics say of real requests, in the format that CloudWatch reads. */
class MetricsLineTest {
    private final TestIssuer issuer = new TestIssuer(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void aMintIsOneLineWithItsTimesByPart() {
        issuer.mintSign();

        assertThat(issuer.metrics).hasSize(1);
        assertThat(numbers()).containsEntry("Requests", "1").containsEntry("Minted", "1");
        assertThat(numbers()).containsKeys("Time", "KeysTime", "PolicyTime", "LedgerTime", "SignerTime");
        assertThat(last().string("Event")).contains("mint");
    }

    @Test
    void aLineLeadsToItsAuditLine() throws Exception {
        issuer.mintSign();

        assertThat(last().string("request_id"))
                .isEqualTo(parsed(issuer.audit.get(issuer.audit.size() - 1)).string("request_id"));
    }

    /** The rules of the format: each metric and each dimension that is named is there, with a type that it takes. */
    @Test
    void whatIsNamedAsMetricOrDimensionIsThere() {
        issuer.mintSign();
        issuer.revoke(Map.of("token", issuer.mintSign().accessToken()));
        issuer.token(TestIssuer.deployForm(issuer.idToken("repository_id", "6666")));

        for (var text : issuer.metrics) {
            var line = parsed(text);
            assertThat(metadata(line).wholeNumber("Timestamp"))
                    .hasValue(issuer.clock.instant().toEpochMilli());
            for (var directive : directives(line)) {
                assertThat(directive.string("Namespace")).contains("Taskbound");
                for (var dimension : dimensions(directive)) {
                    assertThat(line.string(dimension)).as(dimension).isPresent();
                }
                for (var metric : objects(directive, "Metrics")) {
                    assertThat(metric.members()).containsOnlyKeys("Name", "Unit");
                    assertThat(line.get(metric.string("Name").orElseThrow())).containsInstanceOf(JsonNumber.class);
                }
            }
        }
    }

    @Test
    void theFirstDecisionOfAnInstanceIsItsColdStartAndNoOtherIs() {
        issuer.mintSign();
        assertThat(numbers()).containsEntry("ColdStarts", "1");

        issuer.mintSign();
        assertThat(numbers()).doesNotContainKey("ColdStarts");
    }

    @Test
    void keysAreFetchedOnceAndThenKept() {
        issuer.mintSign();
        assertThat(numbers()).containsEntry("KeyFetches", "2").containsEntry("KeyFetchesFailed", "0");

        issuer.mintSign();
        assertThat(numbers()).doesNotContainKeys("KeyFetches", "KeysTime");
    }

    @Test
    void aProviderOutOfReachShowsAsStaleKeysBeforeItRefusesAnybody() {
        issuer.mintSign();
        issuer.provider.close();
        issuer.clock.advance(Duration.ofMinutes(11));

        var answer = issuer.token(
                TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(numbers()).containsEntry("StaleKeys", "1").containsEntry("KeyFetchesFailed", "1");
        assertThat(issuer.lastAudit()).contains("\"keys_stale\":true", "\"detail\":\"");
    }

    @Test
    void aRefusalIsCountedByItsCodeAndNotAsAMint() {
        issuer.token(TestIssuer.deployForm(issuer.idToken("repository_id", "6666")));

        assertThat(numbers()).containsEntry("Refused", "1").doesNotContainKey("Minted");
        assertThat(last().string("Code")).contains("invalid_authorization_details");
        assertThat(metricNames(Optional.of("Code"))).containsExactly("Refused");
        assertThat(metricNames(Optional.empty())).contains("Refused");
    }

    /** The alarm is on a wrong secret for a server of ours: what anybody can send under any name wakes nobody. */
    @Test
    void aWrongSecretOfOneOfOurServersIsCountedApartFromWhatAnybodyCanSend() {
        var token = issuer.mintSign().accessToken();
        issuer.post("/introspect", Map.of("token", token), Optional.of(TestIssuer.basic("signer", "wrong")));
        assertThat(last().string("Code")).contains("invalid_client");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"bad_credentials\"", "\"resource_server\":\"signer\"");
        for (var anybody :
                List.of(TestIssuer.basic("nobody", "wrong"), TestIssuer.basic("", ""), "Basic !!!", "Bearer x")) {
            issuer.post("/introspect", Map.of("token", token), Optional.of(anybody));
            assertThat(last().string("Code")).as(anybody).contains("unknown_server");
            assertThat(issuer.lastAudit())
                    .contains("\"reason\":\"unknown_server\"")
                    .doesNotContain("resource_server");
        }
        issuer.post(
                "/redeem",
                Map.of("token", token, "action", "sign", "identifier", TestIssuer.ARTIFACT),
                Optional.empty());
        assertThat(last().string("Code")).contains("unknown_server");
    }

    @Test
    void aCloseSaysItsCauseAndWhatOfTheLifeWasUsed() {
        var minted = issuer.mintSign();
        issuer.clock.advance(Duration.ofSeconds(30));

        issuer.revoke(Map.of("token", minted.accessToken()));

        assertThat(numbers())
                .containsEntry("Closed", "1")
                .containsEntry("LifeUsed", "30")
                .containsEntry("LifeGranted", "599.75")
                .doesNotContainKey("Outlived");
        assertThat(last().string("Cause")).contains("holder");
        assertThat(issuer.lastAudit()).doesNotContain("late");
    }

    @Test
    void theLastUseIsAnEndAndTheCloseAfterItIsNone() {
        var minted = issuer.mintSign();

        issuer.redeem(minted.accessToken(), "sign", TestIssuer.ARTIFACT, "one");
        assertThat(last().string("Cause")).contains("spent");
        assertThat(numbers()).containsEntry("Closed", "1");

        issuer.revoke(Map.of("token", minted.accessToken()));
        assertThat(numbers()).doesNotContainKeys("Closed", "Outlived");
    }

    @Test
    void aCloseAfterTheLeaseLapsedIsNoCloseInTime() {
        var minted = issuer.mintSign();
        issuer.clock.advance(Duration.ofSeconds(61));

        issuer.revoke(Map.of("token", minted.accessToken()));

        assertThat(numbers()).containsEntry("Outlived", "1").doesNotContainKeys("Closed", "LifeUsed");
        assertThat(issuer.lastAudit()).contains("\"late\":1,\"count\":1");
    }

    @Test
    void closingTheRunCountsEachOfItsTokens() {
        issuer.mintSign();
        issuer.token(TestIssuer.deployForm(issuer.idToken()));

        issuer.revoke(Map.of(
                "subject_token", issuer.idToken(),
                "subject_token_type", "urn:ietf:params:oauth:token-type:id_token",
                "handle", "run:*"));

        assertThat(numbers()).containsEntry("Closed", "2");
        assertThat(last().get("LifeUsed")).containsInstanceOf(JsonArray.class);
        assertThat(last().string("Cause")).contains("run");
    }

    @Test
    void aTokenWithoutItsRecordRaisesItsOwnMetric() {
        var token = issuer.mintSign().accessToken();
        try (var other = new TestIssuer(new InMemoryLedger(), issuer.signer, same -> same)) {
            other.redeem(token, "sign", TestIssuer.ARTIFACT, "one");

            assertThat(parsed(other.metrics.get(0)).wholeNumber("SignedButUnknown"))
                    .hasValue(1);
        }
    }

    @Test
    void whatIsOutOfReachIsNamed() {
        try (var broken = new TestIssuer(outOfReach())) {
            broken.token(TestIssuer.signForm(broken.idToken(), UUID.randomUUID().toString()));

            var line = parsed(broken.metrics.get(0));
            assertThat(line.wholeNumber("Unavailable")).hasValue(1);
            assertThat(line.string("Part")).contains("ledger");
            assertThat(line.has("Refused")).isFalse();
        }
    }

    @Test
    void aBadPolicyIsCountedWithTheRequestThatLookedAtIt() {
        issuer.meters.request(() -> {
            refusePolicy();
            return issuer.mintSign();
        });

        assertThat(issuer.metrics).hasSize(1);
        assertThat(numbers()).containsEntry("PolicyRefused", "1").containsEntry("Minted", "1");
    }

    /** Keys and metadata may be fetched all day while nobody mints. */
    @Test
    void aBadPolicyIsCountedAlsoWhenADocumentWasAskedFor() {
        issuer.meters.request(() -> {
            refusePolicy();
            return issuer.send(
                    new HttpRequest("GET", "/.well-known/jwks.json", Map.of(), new byte[0], Optional.empty()));
        });

        assertThat(numbers()).containsOnlyKeys("PolicyRefused");
        assertThat(metricNames(Optional.empty())).containsExactly("PolicyRefused");
        assertThat(last().string("request_id")).contains("R1");
    }

    private void refusePolicy() {
        Consumer<String> log = issuer.audit::add;
        issuer.meters
                .watching(log)
                .accept(AuditEntry.begin(Event.POLICY, "R1", issuer.clock.instant())
                        .reason(Reason.POLICY_REFUSED)
                        .end(Outcome.REFUSED));
    }

    @Test
    void theFunctionWritesOneLineARequestAlsoWhenAPartIsLacking() {
        try (var function = new TestFunction()) {
            function.mint();
            assertThat(function.issuer.metrics).hasSize(1);
        }
        try (var function = new TestFunction()) {
            function.signerLack = Optional.of(Missing.SIGNING_KEY_UNREACHABLE);
            function.mint();

            assertThat(function.issuer.metrics).hasSize(1);
            assertThat(parsed(function.issuer.metrics.get(0)).string("Part")).contains("signer");
        }
    }

    /** The signature is made in another thread, and its time still belongs to the request. */
    @Test
    void workDoneAsideCountsForItsRequest() {
        try (var aside = new TestIssuer(new InMemoryLedger(), issuer.signer, same -> same, ForkJoinPool.commonPool())) {
            aside.mintSign();

            assertThat(parsed(aside.metrics.get(0)).has("SignerTime")).isTrue();
        }
    }

    @Test
    void noTokenAndNoTextOfTheCallerIsEverWritten() {
        var idToken = issuer.idToken();
        var minted = issuer.token(TestIssuer.signForm(idToken, UUID.randomUUID().toString()));
        issuer.redeem(minted.accessToken(), "sign", TestIssuer.ARTIFACT, "one");
        issuer.revoke(Map.of("token", minted.accessToken()));

        var all = String.join("\n", issuer.metrics);
        assertThat(all).doesNotContain(minted.accessToken().split("\\.")[1], idToken.split("\\.")[1]);
        assertThat(all).doesNotContain("acme", "octocat", "sign-release", minted.text("jti"));
    }

    @Test
    void documentsAndProbesOfHealthAreNoDecisions() {
        issuer.send(new HttpRequest("GET", "/healthz", Map.of(), new byte[0], Optional.empty()));
        issuer.send(new HttpRequest("GET", "/.well-known/jwks.json", Map.of(), new byte[0], Optional.empty()));

        assertThat(issuer.metrics).isEmpty();
    }

    @Test
    void aBrokenSinkTakesNoAnswerAwayAndTheOperatorHearsOfIt() {
        var told = new ArrayList<String>();
        var broken = Meters.writing(
                "test",
                System::nanoTime,
                line -> {
                    throw new IllegalStateException("disk full");
                },
                told::add);
        var edge = new IssuerEdge(
                new IssuerParts(
                        TestIssuer.ISSUER,
                        issuer.policy,
                        issuer.ledger,
                        issuer.signer,
                        Runnable::run,
                        line -> {},
                        line -> {},
                        issuer.clock),
                broken);

        var answer = edge.handle(new HttpRequest("POST", "/token", Map.of(), new byte[0], Optional.empty()));

        assertThat(answer.status()).isEqualTo(415);
        assertThat(told).containsExactly("taskbound: the metrics cannot be written");
    }

    private static Ledger outOfReach() {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    throw new LedgerUnavailable(method.getName());
                });
    }

    private JsonObject last() {
        return parsed(issuer.metrics.get(issuer.metrics.size() - 1));
    }

    private Map<String, String> numbers() {
        return last().members().entrySet().stream()
                .filter(member -> member.getValue() instanceof JsonNumber)
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        member -> ((JsonNumber) member.getValue())
                                .value()
                                .stripTrailingZeros()
                                .toPlainString()));
    }

    private List<String> metricNames(Optional<String> second) {
        var wanted = second.map(name -> List.of("Issuer", name)).orElse(List.of("Issuer"));
        return directives(last()).stream()
                .filter(directive -> dimensions(directive).equals(wanted))
                .flatMap(directive -> objects(directive, "Metrics").stream())
                .map(metric -> metric.string("Name").orElseThrow())
                .toList();
    }

    private static JsonObject metadata(JsonObject line) {
        return line.object("_aws").orElseThrow();
    }

    private static List<JsonObject> directives(JsonObject line) {
        return objects(metadata(line), "CloudWatchMetrics");
    }

    private static List<String> dimensions(JsonObject directive) {
        var only =
                (JsonArray) directive.array("Dimensions").orElseThrow().items().get(0);
        return only.items().stream().map(name -> ((JsonString) name).value()).toList();
    }

    private static List<JsonObject> objects(JsonObject in, String member) {
        return in.array(member).orElseThrow().items().stream()
                .map(JsonObject.class::cast)
                .toList();
    }

    private static JsonObject parsed(String line) {
        try {
            return StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson malformed) {
            throw new AssertionError(line, malformed);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.issuer.ErrorCode;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.local.EmbeddedDynamo;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Plays every vector of contract/ through the whole issuer, on DynamoDB Local. */
@TestInstance(Lifecycle.PER_CLASS)
class ContractVectorsTest {
    private static final String TABLE = "contract";
    private final EmbeddedDynamo database = EmbeddedDynamo.inMemory();
    private final IdTokens idTokens = new IdTokens(Vectors.setting());

    @BeforeAll
    void makesTheTable() {
        LedgerTable.create(database.client(), TABLE);
    }

    @AfterAll
    void stopsWhatItStarted() {
        idTokens.close();
        database.close();
    }

    private Stage stage() {
        return new Stage(idTokens, new DynamoLedger(new DynamoTable(database.client(), TABLE), Duration.ofDays(30)));
    }

    @TestFactory
    Stream<DynamicTest> tokenRequests() {
        return tests("token-requests.json");
    }

    @TestFactory
    Stream<DynamicTest> introspection() {
        return tests("introspection.json");
    }

    @TestFactory
    Stream<DynamicTest> redemption() {
        return tests("redeem.json");
    }

    @TestFactory
    Stream<DynamicTest> closing() {
        return tests("close.json");
    }

    @TestFactory
    Stream<DynamicTest> receipts() {
        return tests("receipt-requests.json");
    }

    @TestFactory
    Stream<DynamicTest> tokensBoundToAKey() {
        return tests("dpop-requests.json");
    }

    private Stream<DynamicTest> tests(String file) {
        return Vectors.of(file).stream().map(vector -> DynamicTest.dynamicTest(vector.name(), () -> play(vector)));
    }

    private void play(Vectors.Vector vector) {
        stage().play(vector, (request, response) -> {});
    }

    /** A refused request must not use up the ID token: the honest step may still ask. */
    @TestFactory
    Stream<DynamicTest> refusedFormsLeaveTheIdTokenUnused() {
        return Vectors.of("token-requests.json").stream()
                .filter(ContractVectorsTest::refusesAForm)
                .map(vector -> DynamicTest.dynamicTest(vector.name(), () -> {
                    var stage = stage();
                    var play = stage.newPlay();
                    var refused = stage.call(vector.calls().get(0).request(), play);
                    assertThat(refused.status()).isBetween(400, 499);
                    assertThat(stage.call(usual(), play).status()).isEqualTo(200);
                }));
    }

    private static boolean refusesAForm(Vectors.Vector vector) {
        var call = vector.calls().get(0);
        return vector.calls().size() == 1
                && call.expect().has("error")
                && !call.request().has("id_token")
                && !call.request().has("given");
    }

    private static JsonObject usual() {
        return JsonObject.builder().put("post", "/token").build();
    }

    @Test
    void everyErrorCodeHasAVector() {
        var expected = new HashSet<String>();
        // Whoever waits is told more than the code.
        calls().map(call -> call.expect()
                        .string("error")
                        .or(() -> call.expect().object("has").flatMap(has -> has.string("error"))))
                .flatMap(Optional::stream)
                .forEach(expected::add);
        // Hooks have vectors of their own, contract/hooks, which RunEndTest and DeliveriesTest play.
        expected.add(ErrorCode.INVALID_DELIVERY.wire());
        expected.add(ErrorCode.FOREIGN_DELIVERY.wire());
        assertThat(expected)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::wire).toList());
    }

    @Test
    void everyVectorHasANameOfItsOwn() {
        var names = Vectors.FILES.stream()
                .flatMap(file -> Vectors.of(file).stream())
                .map(Vectors.Vector::name)
                .toList();
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void refusalsOutnumberAcceptances() {
        List<Vectors.Vector> vectors = Vectors.of("token-requests.json");
        var refusals =
                vectors.stream().filter(ContractVectorsTest::endsInARefusal).count();
        assertThat(refusals).isGreaterThan(100).isGreaterThan(vectors.size() / 2);
    }

    private static boolean endsInARefusal(Vectors.Vector vector) {
        return vector.calls().get(vector.calls().size() - 1).expect().has("error");
    }

    private static Stream<Vectors.Call> calls() {
        return Vectors.FILES.stream()
                .flatMap(file -> Vectors.of(file).stream())
                .flatMap(vector -> vector.calls().stream());
    }
}

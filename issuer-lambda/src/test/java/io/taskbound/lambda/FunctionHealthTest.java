// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonArray;
import io.taskbound.ledger.TableState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What /healthz of the function says is lacking, and that nothing is issued then. */
class FunctionHealthTest {
    private final TestFunction function = new TestFunction();

    @AfterEach
    void stop() {
        function.close();
    }

    @Test
    void isWellWhenAllIsThere() {
        var answer = function.get("/healthz");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("status")).isEqualTo("ok");
    }

    @ParameterizedTest
    @EnumSource(
            value = Missing.class,
            names = {"SIGNING_KEY_.*", "POLICY_.*"},
            mode = EnumSource.Mode.MATCH_ANY)
    void namesThePartThatIsLackingAndIssuesNothing(Missing lack) {
        if (lack.name().startsWith("POLICY")) {
            function.policyLack = Optional.of(lack);
        } else {
            function.signerLack = Optional.of(lack);
        }
        var health = function.get("/healthz");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.body().array("missing")).contains(JsonArray.ofStrings(List.of(lack.word())));
        function.assertNothingIsIssued(lack);
    }

    @ParameterizedTest
    @EnumSource(
            value = TableState.class,
            names = {"READY", "UNKNOWN"},
            mode = EnumSource.Mode.EXCLUDE)
    void issuesNothingOnATableThatWouldKeepAllForGood(TableState state) {
        function.table = state;
        assertThat(function.get("/healthz").status()).isEqualTo(503);
        function.assertNothingIsIssued(
                switch (state) {
                    case WITHOUT_TTL -> Missing.TABLE_WITHOUT_TTL;
                    case TTL_NOT_READABLE -> Missing.TABLE_TTL_NOT_READABLE;
                    default -> Missing.TABLE_ABSENT;
                });
    }

    @Test
    void closesTokensOnATableThatLostItsTtl() {
        var token = function.mint().accessToken();
        function.table = TableState.WITHOUT_TTL;
        function.lambda.hooks().beforeCheckpoint(null);

        assertThat(function.mint().status()).isEqualTo(503);
        assertThat(function.post("/revoke", Map.of("token", token)).status()).isEqualTo(200);
        assertThat(function.issuer
                        .redeem(token, "sign", TestIssuer.ARTIFACT, "a")
                        .text("reason"))
                .isEqualTo("closed");
    }

    @Test
    void goesOnWhereTheServiceDoesNotSayWhetherTheTableHasATtl() {
        function.table = TableState.UNKNOWN;
        assertThat(function.mint().status()).isEqualTo(200);
    }

    @Test
    void asksAboutTheTtlOnceWhenAllIsWell() {
        for (int i = 0; i < 3; i++) {
            function.mint();
            function.issuer.clock.advance(Duration.ofMinutes(1));
        }
        assertThat(function.askedAboutTtl).isEqualTo(1);
    }

    @Test
    void issuesAgainSoonAfterTheTtlIsTurnedOn() {
        function.table = TableState.WITHOUT_TTL;
        function.mint();
        function.table = TableState.READY;
        assertThat(function.mint().status()).isEqualTo(503);

        function.issuer.clock.advance(Duration.ofSeconds(10));

        assertThat(function.mint().status()).isEqualTo(200);
    }

    @Test
    void saysWhenTheTableIsOutOfReach() {
        function.ledgerDown = true;
        assertThat(function.get("/healthz").toString()).contains("table_unreachable");
        assertThat(function.mint().status()).isEqualTo(503);
    }

    @Test
    void asksTheServicesAtMostOnceInTenSeconds() {
        for (int i = 0; i < 100; i++) {
            function.get("/healthz");
        }
        assertThat(function.checks).isEqualTo(1);

        function.issuer.clock.advance(Duration.ofSeconds(10));
        function.get("/healthz");
        assertThat(function.checks).isEqualTo(2);
    }

    @Test
    void refusesToBeAskedByAnotherMethod() {
        assertThat(function.post("/healthz", Map.of()).status()).isEqualTo(405);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.audit.AuditLine;
import io.taskbound.http.TestIssuer;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.Sweeper;
import io.taskbound.local.EmbeddedDynamo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every token of an issuer ends, and says so once. */
class SweepTest {
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final Duration AFTER_ALL = Duration.ofHours(1);

    private final EmbeddedDynamo dynamo = EmbeddedDynamo.inMemory();
    private final TestIssuer issuer = issuer();
    private final List<String> operatorLog = Collections.synchronizedList(new ArrayList<>());

    private TestIssuer issuer() {
        LedgerTable.create(dynamo.client(), "taskbound");
        return new TestIssuer(new DynamoLedger(table(), Duration.ofDays(30)));
    }

    private DynamoTable table() {
        return new DynamoTable(dynamo.client(), "taskbound");
    }

    @AfterEach
    void stop() {
        issuer.close();
        dynamo.close();
    }

    private Sweep sweep() {
        return new Sweep(new Sweeper(table()), this::keep, operatorLog::add, issuer.clock);
    }

    private void keep(AuditLine line) {
        issuer.audit.add(line.text());
    }

    private SweepReport sweepLater() {
        issuer.clock.advance(AFTER_ALL);
        return sweep().run("sweep-1", TIME);
    }

    private List<JsonObject> lines(String event) {
        return List.copyOf(issuer.audit).stream()
                .map(SweepTest::parsed)
                .filter(line -> line.string("event").orElseThrow().equals(event))
                .toList();
    }

    private static JsonObject parsed(String line) {
        try {
            return StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aTokenThatNobodyClosedLapsesAndItsCloseIsMissing() {
        var minted = issuer.mintSign();

        var report = sweepLater();

        assertThat(report.ended()).isEqualTo(Map.of(Cause.LAPSED, 1));
        assertThat(report.missingCloses()).isEqualTo(1);
        assertThat(report.behind()).isZero();
        var ended = lines("ended").get(0);
        assertThat(ended.string("cause")).contains("lapsed");
        assertThat(ended.string("by")).contains("clock");
        assertThat(ended.string("request_id")).contains("sweep-1");
        assertThat(ended.string("jti")).isEqualTo(minted.body().string("jti"));
        assertThat(ended.string("task")).contains("sign-release");
        assertThat(ended.string("run")).contains("2002/7001/1");
        assertThat(ended.string("resource_server")).contains("signer");
        assertThat(ended.string("ended")).contains("2026-11-23T10:01:00.250Z");
        assertThat(ended.wholeNumber("used_seconds")).hasValue(60);
        assertThat(ended.wholeNumber("granted_seconds").orElseThrow()).isGreaterThan(500);
        assertThat(ended.wholeNumber("uses")).hasValue(0);
        assertThat(ended.string("result")).contains("ended");
        assertThat(lines("missing_close")).singleElement().satisfies(line -> {
            assertThat(line.string("run")).contains("2002/7001/1");
            assertThat(line.string("result")).contains("missing");
        });
        assertThat(sweepLater().allEnded()).isZero();
        assertThat(lines("ended")).hasSize(1);
    }

    @Test
    void aCloseAndALastUseSayHowTheTokenEnded() {
        var closed = issuer.mintSign().accessToken();
        issuer.revoke(Map.of("token", closed));
        issuer.revoke(Map.of("token", closed));
        var spent = issuer.mintSign().accessToken();
        issuer.redeem(spent, "sign", ARTIFACT, "a");
        issuer.redeem(spent, "sign", ARTIFACT, "a");
        issuer.revoke(Map.of("token", spent));

        assertThat(lines("ended"))
                .extracting(line -> line.string("cause").orElseThrow())
                .containsExactly("holder", "spent");
        assertThat(lines("ended").get(1).string("by")).contains("signer");
        assertThat(lines("ended").get(1).wholeNumber("uses")).hasValue(1);
        assertThat(lines("ended").get(1).string("request_id"))
                .isEqualTo(lines("redeem").get(0).string("request_id"));
        assertThat(sweepLater().allEnded()).isZero();
        assertThat(lines("missing_close")).isEmpty();
    }

    @Test
    void threeSweepersSayEachEndOnce() throws Exception {
        for (int each = 0; each < 60; each++) {
            issuer.mintSign();
        }
        issuer.clock.advance(AFTER_ALL);
        var threads = Executors.newFixedThreadPool(3);
        try {
            var runs = threads.invokeAll(IntStream.range(0, 3)
                    .<Callable<SweepReport>>mapToObj(each -> () -> sweep().run("sweep-" + each, TIME))
                    .toList());
            int ended = 0;
            for (var run : runs) {
                ended += run.get().allEnded();
                assertThat(run.get().failed()).isZero();
            }
            assertThat(ended).isEqualTo(60);
        } finally {
            threads.shutdownNow();
        }

        assertThat(lines("ended")).hasSize(60);
        assertThat(lines("missing_close")).hasSize(60);
        assertThat(lines("ended").stream().map(line -> line.string("jti")).distinct())
                .hasSize(60);
    }

    @Test
    void aRunWithoutTimeSaysThatItIsBehindAndLeavesTheRestToTheNext() {
        issuer.mintSign();
        issuer.clock.advance(AFTER_ALL);

        var report = sweep().run("sweep-1", Duration.ofNanos(-1));

        assertThat(report.allEnded()).isZero();
        assertThat(report.behind()).isPositive();
        assertThat(sweep().run("sweep-2", TIME).allEnded()).isEqualTo(1);
    }

    @Test
    void aTableThatIsGoneFailsEveryShardAndThrowsNothing() {
        issuer.mintSign();
        issuer.clock.advance(AFTER_ALL);
        dynamo.client().deleteTable(table -> table.tableName("taskbound"));

        var report = sweep().run("sweep-1", TIME);

        assertThat(report.failedShards()).isEqualTo(Sweeper.SHARDS);
        assertThat(operatorLog).hasSize(Sweeper.SHARDS).allMatch(line -> line.startsWith("taskbound: sweep of shard"));
        LedgerTable.create(dynamo.client(), "taskbound");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static io.taskbound.ledger.SampleTokens.closure;
import static io.taskbound.ledger.SampleTokens.jtiOf;
import static io.taskbound.ledger.SampleTokens.sample;
import static io.taskbound.ledger.SampleTokens.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.EmbeddedDynamo;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The contract on DynamoDB Local, called directly. */
class DynamoLedgerTest extends LedgerContract {
    private static EmbeddedDynamo dynamo;
    private static Ledger ledger;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
        LedgerTable.create(dynamo.client(), "taskbound");
        ledger = new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30));
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    /** A function ends after 15 s, and a run may have more tokens than can be written to in that time. */
    @Test
    void noTokenOfAClosedRunIsAliveThoughThereWasNoTimeForItsRecord() {
        var hasty = new DynamoLedger(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30), Duration.ZERO);
        var first = token();
        var tokens = Stream.concat(
                        Stream.of(first),
                        IntStream.range(0, 150)
                                .mapToObj(
                                        each -> sample(jtiOf(first.jti().run())).record()))
                .toList();
        tokens.forEach(hasty::mint);

        var all = hasty.closeAll(first.jti().run(), Optional.empty(), closure(NOW.plusSeconds(1), Cause.RUN), NOW);

        assertThat(all.whole()).isFalse();
        assertThat(all.closed()).hasSizeBetween(64, tokens.size() - 1);
        assertThat(tokens)
                .allSatisfy(token -> assertThat(hasty.lookUp(token.jti()).alive(NOW.plusSeconds(1)))
                        .isEmpty());
        var listed = new TokenListing(new DynamoTable(dynamo.client(), "taskbound"))
                .ofRun(first.jti().run());
        assertThat(listed)
                .hasSize(tokens.size())
                .allSatisfy(found -> assertThat(
                                ((TokenListing.Found.Readable) found).token().livenessAt(NOW.plusSeconds(1)))
                        .isEqualTo(Liveness.CLOSED));
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void deny(DenyEntry entry) {
        new DenyStore(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30)).write(entry);
    }

    @Override
    void endJobs(String run, int jobs) {
        countEndedJobs(new DynamoTable(dynamo.client(), "taskbound"), run, jobs);
    }
}

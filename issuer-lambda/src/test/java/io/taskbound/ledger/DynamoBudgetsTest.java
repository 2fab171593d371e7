// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.policy.Budget;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** At the database itself; and what only a real race or a mint that stands still can do. */
class DynamoBudgetsTest extends BudgetsContract {
    private static final int THREADS = 16;
    private static EmbeddedDynamo dynamo;
    private static DynamoLedger ledger;

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

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Override
    void deny(DenyEntry entry) {
        new DenyStore(new DynamoTable(dynamo.client(), "taskbound"), Duration.ofDays(30)).write(entry);
    }

    /** A mint stands still after its claim; half a minute later another gets the slot; then the first goes on. */
    @Test
    void aMintThatStoodStillLosesItsSlotAndNoticesIt() {
        var slow = draft();
        var claims = ledger.budgets().claim(slow, live(1), NOW);
        var later = NOW.plus(Budgets.UNWRITTEN).plusMillis(1);

        assertThat(mint(draft(), live(1), later)).isEmpty();
        ledger.mint(slow);

        assertThat(ledger.budgets().lost(claims)).contains(OverBudget.TOO_MANY_LIVE);
    }

    /** The record comes between the other's look and its claim, which is seen by its second look. */
    @Test
    void whoTakesASlotForAbandonedLooksAgain() {
        var slow = draft();
        var claims = ledger.budgets().claim(slow, live(1), NOW);
        var later = NOW.plus(Budgets.UNWRITTEN).plusMillis(1);
        var meanwhile = (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("updateItem")) {
                        ledger.mint(slow);
                    }
                    return method.invoke(dynamo.client(), arguments);
                });
        var table = new DynamoTable(meanwhile, "taskbound");

        assertThat(new DynamoLedger(table, Duration.ofDays(30))
                        .budgets()
                        .claim(draft(), live(1), later)
                        .refused())
                .contains(OverBudget.TOO_MANY_LIVE);
        assertThat(ledger.budgets().lost(claims)).as("the slot was given back").isEmpty();
    }

    @Timeout(300)
    @Test
    void racingMintsNeverExceedALimit() throws Exception {
        for (int round = 0; round < 150; round++) {
            int most = 1 + round % 5;
            var fresh = new OneTask();
            assertThat(granted(fresh, live(most), NOW, THREADS))
                    .as("round %s: from nothing", round)
                    .hasSize(most);
            // All of them are dead now, so every slot is taken and free.
            assertThat(granted(fresh, live(most), SampleTokens.EXPIRES.plusSeconds(1), THREADS))
                    .as("round %s: over expired ones", round)
                    .hasSize(most);
        }
    }

    @Timeout(300)
    @Test
    void racingMintsOfOneRunGetOneToken() throws Exception {
        for (int round = 0; round < 150; round++) {
            var fresh = new OneTask();
            var run = draft().jti().run();
            var mints = new ArrayList<Callable<Optional<OverBudget>>>();
            for (int i = 0; i < THREADS; i++) {
                mints.add(() -> fresh.mint(fresh.draftOf(run), ONCE, NOW));
            }
            assertThat(atOnce(mints)).filteredOn(Optional::isEmpty).hasSize(1);
        }
    }

    /** Claims that nobody writes a record for, and mints half a minute later: these get the slots, once each. */
    @Tag("long")
    @Timeout(300)
    @Test
    void racingMintsOverAbandonedClaimsNeverExceedALimit() throws Exception {
        for (int round = 0; round < 100; round++) {
            var fresh = new OneTask();
            for (int i = 0; i < 3; i++) {
                assertThat(fresh.claim(fresh.draft(), live(3), NOW)).isEmpty();
            }
            assertThat(granted(fresh, live(3), NOW.plusSeconds(31), THREADS)).hasSize(3);
        }
    }

    private static List<Optional<OverBudget>> granted(OneTask fresh, Budget budget, Instant now, int mints)
            throws Exception {
        var all = new ArrayList<Callable<Optional<OverBudget>>>();
        for (int i = 0; i < mints; i++) {
            all.add(() -> fresh.mint(fresh.draftAt(now), budget, now));
        }
        return atOnce(all).stream().filter(Optional::isEmpty).toList();
    }

    private static List<Optional<OverBudget>> atOnce(List<Callable<Optional<OverBudget>>> mints) throws Exception {
        var threads = Executors.newFixedThreadPool(THREADS);
        try {
            var answers = new ArrayList<Optional<OverBudget>>();
            for (var answer : threads.invokeAll(mints)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }

    /** A task that no other round has. */
    private static final class OneTask extends BudgetsContract {
        TokenRecord draftAt(Instant now) {
            return new SampleToken(draft())
                    .withLife(now, now.plus(Duration.ofMinutes(10)))
                    .record();
        }

        @Override
        Ledger ledger() {
            return ledger;
        }

        @Override
        void deny(DenyEntry entry) {
            throw new UnsupportedOperationException();
        }
    }
}

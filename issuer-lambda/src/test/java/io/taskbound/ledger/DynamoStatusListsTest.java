// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.SampleTokens.closure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.local.EmbeddedDynamo;
import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusList;
import io.taskbound.status.StatusListName;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class DynamoStatusListsTest extends StatusListsContract {
    private static EmbeddedDynamo dynamo;
    private static DynamoLedger ledger;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
        LedgerTable.create(dynamo.client(), "taskbound");
        ledger = over(dynamo.client());
    }

    private static DynamoLedger over(DynamoDbClient client) {
        return new DynamoLedger(new DynamoTable(client, "taskbound"), Duration.ofDays(30));
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    @Override
    Ledger ledger() {
        return ledger;
    }

    @Test
    void racingMintsGetDifferentPlacesAndMarkingsAreNotLost() throws Exception {
        var threads = Executors.newFixedThreadPool(16);
        try {
            var allot = new ArrayList<Callable<StatusEntry>>();
            for (int i = 0; i < 800; i++) {
                allot.add(() -> {
                    var entry = ledger.statusLists().allot(hour);
                    ledger.statusLists().end(entry);
                    return entry;
                });
            }
            var places = new HashSet<StatusEntry>();
            for (var place : threads.invokeAll(allot)) {
                places.add(place.get());
            }
            assertThat(places).hasSize(800);
            var ended = ledger.statusLists().ended(StatusListName.at(hour, 0)).orElseThrow();
            assertThat(ended.cardinality()).isEqualTo(800);
            assertThat(places).allMatch(place -> ended.get(place.index()));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void afterTheLastPlaceTheNextListBegins() {
        var first = ledger.statusLists().allot(hour).list();
        fill(first);

        var next = ledger.statusLists().allot(hour);

        assertThat(next.list()).isEqualTo(new StatusListName(first.hour(), 1));
        assertThat(over(dynamo.client()).statusLists().allot(hour).list())
                .as("an instance that starts now")
                .isEqualTo(next.list());
    }

    @Test
    void withoutAnyPlaceNothingIsAllotted() {
        IntStream.range(0, StatusListName.MAX_LISTS).forEach(number -> {
            ledger.statusLists().allot(hour);
            fill(StatusListName.at(hour, number));
        });

        assertThatThrownBy(() -> ledger.statusLists().allot(hour)).isInstanceOf(LedgerUnavailable.class);
    }

    private static void fill(StatusListName list) {
        dynamo.client()
                .updateItem(update -> update.tableName("taskbound")
                        .key(Map.of("pk", AttributeValue.fromS("SL#" + list), "sk", AttributeValue.fromS("HEAD")))
                        .updateExpression("SET na = :full")
                        .expressionAttributeValues(
                                Map.of(":full", AttributeValue.fromN(String.valueOf(StatusList.CAPACITY)))));
    }

    /** Each write of a close fails once, before or after it was carried out; a closed token is marked in any case. */
    @Test
    void noCrashLeavesAClosedTokenThatTheListCallsAlive() {
        for (boolean after : List.of(false, true)) {
            for (int fails = 1; fails <= 3; fails++) {
                var token = minted();
                var faulty = over(failing(fails, after));
                try {
                    faulty.close(token.jti(), closure(hour, Cause.HOLDER));
                } catch (LedgerUnavailable crash) {
                    assertThat(crash).hasMessageNotContaining(token.jti().toString());
                }
                var state = ledger.find(token.jti()).orElseThrow().life().state();
                boolean marked = ledger.statusLists()
                        .ended(entry(token).list())
                        .orElseThrow()
                        .get(entry(token).index());
                assertThat(state == State.ACTIVE || marked)
                        .as("write %s fails, carried out: %s", fails, after)
                        .isTrue();
                assertThat(ledger.close(token.jti(), closure(hour, Cause.HOLDER))
                                .isPresent())
                        .isEqualTo(state == State.ACTIVE);
            }
        }
    }

    private static DynamoDbClient failing(int write, boolean after) {
        var writes = new AtomicInteger();
        return (DynamoDbClient) Proxy.newProxyInstance(
                DynamoDbClient.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, given) -> {
                    boolean fails = method.getName().equals("updateItem") && writes.incrementAndGet() == write;
                    if (fails && !after) {
                        throw SdkClientException.create("no answer");
                    }
                    try {
                        var answer = method.invoke(dynamo.client(), given);
                        if (fails) {
                            throw SdkClientException.create("no answer");
                        }
                        return answer;
                    } catch (InvocationTargetException refused) {
                        throw refused.getCause();
                    }
                });
    }
}

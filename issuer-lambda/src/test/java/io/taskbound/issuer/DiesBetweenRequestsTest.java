// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.DynamoLedger;
import io.taskbound.ledger.DynamoTable;
import io.taskbound.ledger.LedgerTable;
import io.taskbound.ledger.Sweeper;
import io.taskbound.local.EmbeddedDynamo;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The issuer's process is killed before each request that a verb makes of the table, and after each, before it hears of
 * it. Whoever asks once more gets what it would have got; nothing is alive that should be dead; and a later sweep finds
 * an end for each record.
 */
class DiesBetweenRequestsTest {
    private static final Duration TIME = Duration.ofSeconds(30);
    private static final AtomicInteger TABLES = new AtomicInteger();
    private static EmbeddedDynamo dynamo;

    @BeforeAll
    static void start() {
        dynamo = EmbeddedDynamo.inMemory();
    }

    @AfterAll
    static void stop() {
        dynamo.close();
    }

    private enum Death {
        BEFORE,
        AFTER
    }

    /** No exception: nothing on the way may take it for a fault and go on. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** A client of a process that dies at one of its requests, and makes none any more. */
    private static final class Mortal {
        private final DynamoDbClient real;
        private int left = Integer.MAX_VALUE;
        private Death death = Death.BEFORE;
        private boolean dead;

        Mortal(DynamoDbClient real) {
            this.real = real;
        }

        void dieAt(int request, Death how) {
            left = request;
            death = how;
        }

        /** Starts the process again; says whether it had died. */
        synchronized boolean revived() {
            boolean died = dead;
            dead = false;
            left = Integer.MAX_VALUE;
            return died;
        }

        DynamoDbClient client() {
            return (DynamoDbClient) Proxy.newProxyInstance(
                    getClass().getClassLoader(),
                    new Class<?>[] {DynamoDbClient.class},
                    (proxy, method, arguments) -> call(method, arguments));
        }

        /** A query of the sweep's index, of which there are 64, changes nothing and is no step of its own. */
        private synchronized Object call(Method method, Object[] arguments) throws Throwable {
            left -= method.getName().equals("query") ? 0 : 1;
            dead |= left == 0 && death == Death.BEFORE;
            if (dead) {
                throw new Killed();
            }
            try {
                return method.invoke(real, arguments);
            } catch (InvocationTargetException answered) {
                throw answered.getCause();
            } finally {
                dead |= left == 0 && !method.getName().equals("query");
                if (dead) {
                    throw new Killed();
                }
            }
        }
    }

    /** Issuer, table and what may be killed: others for each death. */
    private static final class Scene implements AutoCloseable {
        private final String table = "dies" + TABLES.incrementAndGet();
        private final Mortal mortal = new Mortal(dynamo.client());
        private final TestIssuer issuer;
        private final List<String> tokens = new ArrayList<>();
        private final Map<String, String> signForm;
        private final Map<String, String> promoteForm;

        Scene() {
            LedgerTable.create(dynamo.client(), table);
            issuer = new TestIssuer(new DynamoLedger(table(), Duration.ofDays(30)));
            signForm = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
            promoteForm = TestIssuer.promoteForm(issuer.idToken());
        }

        private DynamoTable table() {
            return new DynamoTable(mortal.client(), table);
        }

        /** Does it, and whatever comes of it is nothing that anybody heard. */
        boolean dies(Runnable verb, int request, Death how) {
            mortal.dieAt(request, how);
            try {
                verb.run();
            } catch (Killed killed) {
                assertThat(killed).isNotNull();
            }
            return mortal.revived();
        }

        void sweep() {
            new Sweep(new Sweeper(table()), line -> issuer.audit.add(line.text()), line -> {}, issuer.clock)
                    .run("sweep", TIME);
        }

        String minted() {
            var token = issuer.mintSign().accessToken();
            tokens.add(token);
            return token;
        }

        String reasonOfAnotherUse(String token) {
            return issuer.redeem(token, "sign", ARTIFACT, UUID.randomUUID().toString())
                    .text("reason");
        }

        List<Map<String, AttributeValue>> records() {
            return dynamo.client().scanPaginator(scan -> scan.tableName(table)).items().stream()
                    .filter(item -> item.get("sk").s().startsWith("T#"))
                    .toList();
        }

        /** Every record has an end and is in no index, and no end was told twice. */
        void checkThatAllEnds() {
            issuer.clock.advance(Duration.ofHours(1));
            sweep();
            assertThat(records())
                    .isNotEmpty()
                    .allSatisfy(item ->
                            assertThat(item).containsKeys("ca", "cb", "cc").doesNotContainKeys("q", "d"));
            var told = List.copyOf(issuer.audit).stream()
                    .filter(line -> line.contains("\"event\":\"ended\""))
                    .collect(Collectors.groupingBy(DiesBetweenRequestsTest::handle, Collectors.counting()));
            assertThat(told.values()).allMatch(times -> times == 1);
        }

        String causes() {
            return records().stream().map(item -> item.get("cc").s()).sorted().collect(Collectors.joining(" "));
        }

        @Override
        public void close() {
            issuer.close();
        }
    }

    private static String handle(String line) {
        int at = line.indexOf("\"jti\":\"");
        return line.substring(at, line.indexOf('"', at + "\"jti\":\"".length()));
    }

    private enum Verb {
        MINT {
            @Override
            void act(Scene scene) {
                scene.issuer.token(scene.signForm);
            }

            @Override
            void check(Scene scene) {
                var token = scene.issuer.token(scene.signForm).accessToken();
                assertThat(scene.records()).hasSize(1);
                assertThat(scene.issuer.redeem(token, "sign", ARTIFACT, "a").active())
                        .isTrue();
                assertThat(scene.reasonOfAnotherUse(token)).isEqualTo("spent");
                var another = TestIssuer.signForm(
                        scene.signForm.get("subject_token"), UUID.randomUUID().toString());
                assertThat(scene.issuer.token(another).status()).isEqualTo(400);
            }
        },
        MINT_OF_A_TASK_WITH_A_BUDGET {
            @Override
            void act(Scene scene) {
                scene.issuer.token(scene.promoteForm);
            }

            @Override
            void check(Scene scene) {
                var token = scene.issuer.token(scene.promoteForm).accessToken();
                assertThat(scene.records()).hasSize(1);
                scene.issuer.revoke(Map.of("token", token));
            }
        },
        REDEEM {
            @Override
            void prepare(Scene scene) {
                scene.minted();
            }

            @Override
            void act(Scene scene) {
                scene.issuer.redeem(scene.tokens.get(0), "sign", ARTIFACT, "a");
            }

            @Override
            void check(Scene scene) {
                var again = scene.issuer.redeem(scene.tokens.get(0), "sign", ARTIFACT, "a");
                assertThat(again.active() || again.text("reason").equals("repeat"))
                        .isTrue();
                assertThat(scene.reasonOfAnotherUse(scene.tokens.get(0))).isEqualTo("spent");
                assertThat(scene.causes()).isEqualTo("SPENT");
            }
        },
        RENEW {
            @Override
            void prepare(Scene scene) {
                scene.minted();
                scene.issuer.clock.advance(Duration.ofSeconds(30));
            }

            @Override
            void act(Scene scene) {
                scene.issuer.renew(scene.tokens.get(0));
            }

            @Override
            void check(Scene scene) {
                assertThat(scene.issuer.renew(scene.tokens.get(0)).status()).isEqualTo(200);
            }
        },
        CLOSE {
            @Override
            void prepare(Scene scene) {
                scene.minted();
            }

            @Override
            void act(Scene scene) {
                scene.issuer.revoke(Map.of("token", scene.tokens.get(0)));
            }

            @Override
            void check(Scene scene) {
                act(scene);
                assertThat(scene.reasonOfAnotherUse(scene.tokens.get(0))).isEqualTo("closed");
                assertThat(scene.causes()).isEqualTo("HOLDER");
            }
        },
        CLOSE_THE_RUN {
            @Override
            void prepare(Scene scene) {
                scene.minted();
                scene.minted();
            }

            @Override
            void act(Scene scene) {
                scene.issuer.revoke(Map.of(
                        "subject_token", scene.issuer.idToken(),
                        "subject_token_type", "urn:ietf:params:oauth:token-type:id_token",
                        "handle", "run:*"));
            }

            @Override
            void check(Scene scene) {
                act(scene);
                assertThat(scene.tokens)
                        .allSatisfy(token ->
                                assertThat(scene.reasonOfAnotherUse(token)).isEqualTo("closed"));
                assertThat(scene.causes()).isEqualTo("RUN RUN");
            }
        },
        SWEEP {
            @Override
            void prepare(Scene scene) {
                scene.minted();
                scene.minted();
                scene.issuer.clock.advance(Duration.ofHours(1));
            }

            @Override
            void act(Scene scene) {
                scene.sweep();
            }

            @Override
            void check(Scene scene) {
                scene.sweep();
                assertThat(scene.causes()).isEqualTo("LAPSED LAPSED");
            }
        };

        void prepare(Scene scene) {}

        abstract void act(Scene scene);

        /** Somebody asks once more. */
        abstract void check(Scene scene);
    }

    @ParameterizedTest
    @EnumSource(Verb.class)
    void nothingIsLostWhereverTheIssuerDies(Verb verb) {
        int deaths = 0;
        for (int request = 1; ; request++) {
            for (var how : Death.values()) {
                try (var scene = new Scene()) {
                    verb.prepare(scene);
                    if (!scene.dies(() -> verb.act(scene), request, how)) {
                        assertThat(deaths).isGreaterThan(1);
                        return;
                    }
                    deaths++;
                    verb.check(scene);
                    scene.checkThatAllEnds();
                }
            }
        }
    }
}

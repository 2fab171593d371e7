// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.credential.AwsAccess;
import io.taskbound.credential.CredentialServices;
import io.taskbound.credential.Envelope;
import io.taskbound.credential.GithubAccess;
import io.taskbound.credential.OpenbaoAccess;
import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.CredentialRecord;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.token.Jti;
import io.taskbound.token.LocalDataKeys;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An issuer that is killed at any point of a delivery: whatever was made is revoked, or the record and the audit log
 * say that it may be alive, and until when. Never less than that.
 */
class DeliverDiesTest {
    private static final int MORE_THAN_ALL_CALLS = 12;
    private static final Duration RUN = Duration.ofSeconds(30);

    /** What the process meets when it is killed: nothing of ours catches it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    private final InMemoryLedger ledger = new InMemoryLedger();
    private final ScriptedService<GithubAccess> github = new ScriptedService<>(true);
    private int callsLeft = Integer.MAX_VALUE;
    private boolean afterIt;

    private final Delivering delivering = Delivering.of(
            new CredentialServices(
                    github, new ScriptedService<AwsAccess>(false), new ScriptedService<OpenbaoAccess>(true)),
            new Envelope(LocalDataKeys.generate(), "taskbound"));

    static Stream<Arguments> points() {
        return IntStream.range(0, MORE_THAN_ALL_CALLS)
                .boxed()
                .flatMap(call -> Stream.of(Arguments.of(call, false), Arguments.of(call, true)));
    }

    /** Each call of the ledger and of the service is a point to die at: before it is done, or after. */
    private void point() {
        if (callsLeft == 0) {
            callsLeft = Integer.MAX_VALUE;
            throw new Killed();
        }
        callsLeft--;
    }

    private Ledger mortal() {
        var credentials = (Credentials) Proxy.newProxyInstance(
                Credentials.class.getClassLoader(),
                new Class<?>[] {Credentials.class},
                (proxy, method, arguments) -> dying(ledger.credentials(), method, arguments));
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(),
                new Class<?>[] {Ledger.class},
                (proxy, method, arguments) ->
                        method.getName().equals("credentials") ? credentials : called(ledger, method, arguments));
    }

    private Object dying(Object target, Method method, Object[] arguments) throws Throwable {
        if (!afterIt) {
            point();
        }
        var result = called(target, method, arguments);
        if (afterIt) {
            point();
        }
        return result;
    }

    private static Object called(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    @ParameterizedTest(name = "call {0}, after it: {1}")
    @MethodSource("points")
    void nothingIsAliveThatNobodyKnowsOf(int call, boolean after) {
        afterIt = after;
        github.beforeIssuing(this::point);
        github.afterIssuing(this::point);
        try (var issuer = TestIssuer.delivering(mortal(), delivering)) {
            var granted = issuer.token(TestIssuer.form(
                    issuer.idToken(),
                    UUID.randomUUID().toString(),
                    "[{\"type\":\"task\",\"task\":\"bump-version\",\"actions\":[\"contents:write\"],"
                            + "\"identifier\":\"github:acme/shop\"}]"));
            var handle = Jti.parse(granted.text("jti")).orElseThrow();
            var delivered = deliver(issuer, granted, call);
            callsLeft = Integer.MAX_VALUE;

            issuer.clock.advance(Duration.ofSeconds(31));
            issuer.edge.endCredentials(Optional.empty(), RUN);
            // The runner is dead, too.
            issuer.clock.advance(Duration.ofSeconds(90));
            issuer.edge.endCredentials(Optional.empty(), RUN);

            var record = ledger.credentials().look(handle).credential();
            // Whoever got it is dead by now, so it must be revoked; whoever did not get it cannot use it.
            assertThat(delivered.isPresent() && !github.alive().isEmpty()).isFalse();
            if (!github.alive().isEmpty()) {
                assertThat(record.map(CredentialRecord::aliveUntil).orElseThrow())
                        .isAfterOrEqualTo(issuer.clock
                                .instant()
                                .minusSeconds(121)
                                .plus(ScriptedService.LIFE)
                                .minusSeconds(5));
                assertThat(issuer.audit)
                        .anyMatch(line -> line.contains("credential_unheard")
                                && line.contains(
                                        record.orElseThrow().aliveUntil().toString()));
            }
        }
    }

    private Optional<TestIssuer.Answer> deliver(TestIssuer issuer, TestIssuer.Answer granted, int call) {
        callsLeft = call;
        try {
            return Optional.of(issuer.post(
                    "/credential",
                    Map.of("token", granted.accessToken(), "holder_verifier", TestIssuer.HOLDER_VERIFIER),
                    Optional.empty()));
        } catch (Killed dead) {
            return Optional.empty();
        }
    }
}

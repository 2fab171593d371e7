// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.TableState;
import io.taskbound.token.SigningKeys;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** The function around a {@link TestIssuer}, with parts that a test can take away. */
final class TestFunction implements AutoCloseable {
    /** A rehearsal that ends after its first round or two. */
    static final RehearsalPlan SHORT = new RehearsalPlan(SignerKind.KMS, true, true, Duration.ofMillis(1));

    final TestIssuer issuer = new TestIssuer(new InMemoryLedger());
    final AtomicInteger disconnected = new AtomicInteger();
    volatile TableState table = TableState.READY;
    volatile Optional<Missing> signerLack = Optional.empty();
    volatile Optional<Missing> policyLack = Optional.empty();
    volatile boolean ledgerDown;
    volatile Runnable beforeSigner = () -> {};
    int askedAboutTtl;
    int checks;
    final IssuerLambda lambda;

    TestFunction() {
        this(Runnable::run);
    }

    TestFunction(Executor executor) {
        lambda = new IssuerLambda(new LambdaWiring(
                TestIssuer.ISSUER,
                new LedgerComponent(this::ledger),
                this::timeToLive,
                this::policy,
                new Signer(),
                disconnected::incrementAndGet,
                executor,
                issuer.audit::add,
                line -> {},
                issuer.meters,
                SHORT,
                () -> {},
                issuer.clock));
    }

    private TableState timeToLive() {
        askedAboutTtl++;
        return table;
    }

    private CurrentPolicy policy() throws NotReady {
        refuse(policyLack);
        return issuer.policy;
    }

    private static void refuse(Optional<Missing> lack) throws NotReady {
        if (lack.isPresent()) {
            throw new NotReady(lack.get());
        }
    }

    private final class Signer implements Component<SigningKeys> {
        @Override
        public SigningKeys open() throws NotReady {
            beforeSigner.run();
            refuse(signerLack);
            return issuer.signer;
        }

        @Override
        public void check(SigningKeys opened) throws NotReady {
            checks++;
            refuse(signerLack);
        }
    }

    private Ledger ledger() {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    if (ledgerDown) {
                        throw new LedgerUnavailable("down for the test");
                    }
                    try {
                        return method.invoke(issuer.ledger, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    TestIssuer.Answer get(String path) {
        return invoke(LambdaEvents.get(path));
    }

    TestIssuer.Answer post(String path, Map<String, String> form) {
        return invoke(LambdaEvents.post(path, form, Optional.empty()));
    }

    TestIssuer.Answer mint() {
        return post(
                "/token",
                TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString()));
    }

    void assertNothingIsIssued(Missing lack) {
        var answer = mint();
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.text("error")).isEqualTo("temporarily_unavailable");
        assertThat(answer.body().has("access_token")).isFalse();
        assertThat(issuer.lastAudit()).contains("\"detail\":\"" + lack.word() + "\"", "\"result\":\"unavailable\"");
    }

    private TestIssuer.Answer invoke(String event) {
        return invoke(lambda, event);
    }

    static TestIssuer.Answer invoke(IssuerLambda lambda, String event) {
        try {
            var answer = answer(lambda, event);
            var headers = new LinkedHashMap<String, String>();
            var sent = answer.object("headers").orElseThrow();
            sent.members()
                    .keySet()
                    .forEach(name -> headers.put(name, sent.string(name).orElseThrow()));
            return new TestIssuer.Answer(
                    (int) answer.wholeNumber("statusCode").orElseThrow(),
                    StrictJson.parseObject(answer.string("body").orElseThrow().getBytes(UTF_8)),
                    headers);
        } catch (MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }

    /** What the function says to Lambda, whatever the body is. */
    static JsonObject answer(IssuerLambda lambda, String event) {
        var output = new ByteArrayOutputStream();
        try {
            lambda.handleRequest(new ByteArrayInputStream(event.getBytes(UTF_8)), output, new StandInContext());
            return StrictJson.parseObject(output.toByteArray());
        } catch (IOException | MalformedJson broken) {
            throw new AssertionError(broken);
        }
    }

    @Override
    public void close() {
        issuer.close();
    }
}

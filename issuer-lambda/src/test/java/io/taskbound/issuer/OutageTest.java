// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static io.taskbound.http.TestIssuer.ARTIFACT;
import static io.taskbound.http.TestIssuer.SIGNER_SECRET;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.HttpRequest;
import io.taskbound.http.IssuerEdge;
import io.taskbound.http.IssuerParts;
import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.Cause;
import io.taskbound.ledger.DenyEntry;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.State;
import io.taskbound.token.Jti;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskSigner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever is out of reach, nothing is granted, the answer is 503 with Retry-After, and asking again is safe. */
class OutageTest {
    private final AtomicBoolean signerDown = new AtomicBoolean();
    private Predicate<String> ledgerDown = method -> false;
    private Consumer<String> beforeLedger = method -> {};
    private final InMemoryLedger denying = new InMemoryLedger();
    private final TestIssuer issuer =
            new TestIssuer(failing(denying), LocalSigner.generate(), key -> new FailingSigner(key, signerDown));

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void failsClosedWhenTheLedgerIsAway() {
        var token = issuer.token(TestIssuer.deployForm(issuer.idToken())).accessToken();
        ledgerDown = method -> true;

        assertUnavailable(issuer.token(TestIssuer.deployForm(issuer.idToken())));
        assertUnavailable(issuer.introspect(token, "deployer", SIGNER_SECRET));
        assertUnavailable(issuer.redeem(token, "sign", ARTIFACT, "a"));
        assertUnavailable(issuer.renew(token));
        assertUnavailable(issuer.revoke(Map.of("token", token)));
        assertUnavailable(issuer.revoke(Map.of("subject_token", issuer.idToken(), "handle", "run:*")));
        assertThat(issuer.lastAudit()).contains("\"result\":\"unavailable\"", "ledger_unavailable");
    }

    @Test
    void grantsNothingWhenTheControlItemsCannotBeRead() {
        ledgerDown = "blocks"::equals;
        assertUnavailable(issuer.token(TestIssuer.deployForm(issuer.idToken())));
    }

    @Test
    void givesTheSameTokenOnceTheSignerIsBackEvenAfterThirtySeconds() {
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        signerDown.set(true);
        assertUnavailable(issuer.token(form));

        issuer.clock.advance(Duration.ofSeconds(120));
        signerDown.set(false);
        var answer = issuer.token(form);

        assertThat(answer.status()).isEqualTo(200);
        // its heartbeat begins when somebody can hold it
        assertThat(answer.body().wholeNumber("lease_expires_in")).hasValue(60);
        assertThat(answer.body().wholeNumber("expires_in")).hasValue(479);
        assertThat(issuer.redeem(answer.accessToken(), "sign", ARTIFACT, "a").active())
                .isTrue();
    }

    @Test
    void treatsALateSignatureAsMadeFromThenOn() {
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        signerDown.set(true);
        issuer.token(form);
        issuer.clock.advance(Duration.ofSeconds(40));
        signerDown.set(false);
        issuer.token(form);

        assertThat(issuer.token(form).text("error")).isEqualTo("invalid_request");
    }

    @Test
    void answersBothWhenTheSameClientAsksTwiceAtOnceForALateSignature() {
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        signerDown.set(true);
        issuer.token(form);
        issuer.clock.advance(Duration.ofSeconds(40));
        signerDown.set(false);
        var first = new AtomicReference<Answer>();
        beforeLedger = method -> {
            if (method.equals("markSigned")) {
                beforeLedger = nothing -> {};
                first.set(issuer.token(form));
            }
        };

        var second = issuer.token(form);

        assertThat(first.get().status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("jti")).isEqualTo(first.get().text("jti"));
    }

    @Test
    void closesInTheRecordForWhatStoodAgainstIt() {
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        var jti = Jti.parse(issuer.token(form).text("jti")).orElseThrow();
        denying.deny(new DenyEntry(
                DenyEntry.Kind.TASK, "sign-release", Optional.empty(), Instant.EPOCH, "ada", Optional.empty()));

        assertThat(issuer.token(form).text("error")).isEqualTo("invalid_authorization_details");

        var record = issuer.ledger.find(jti).orElseThrow();
        assertThat(record.life().state()).isEqualTo(State.REVOKED);
        assertThat(record.life().end().orElseThrow().cause()).isEqualTo(Cause.DENIED);
    }

    @Test
    void turnsAwayWithoutLookingAtTheRequest() {
        var request = new HttpRequest("POST", "/token", Map.of(), new byte[0], Optional.of("r-1"));

        var answer = issuer.edge.turnAway(request);

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.headers()).containsEntry("Retry-After", "2").containsEntry("Cache-Control", "no-store");
        assertThat(new String(answer.body(), US_ASCII))
                .startsWith("{\"error\":\"temporarily_unavailable\",")
                .contains("\"request_id\":\"r-1\"");
        assertThat(issuer.lastAudit()).contains("\"result\":\"unavailable\"", "too_many_requests");
    }

    /** A full disk: the audit log of a local issuer cannot be written. */
    @Test
    void answersThoughItsAuditLogIsBroken() {
        var edge = new IssuerEdge(new IssuerParts(
                TestIssuer.ISSUER,
                issuer.policy,
                issuer.ledger,
                issuer.signer,
                Runnable::run,
                line -> {
                    throw new UncheckedIOException(new IOException("no space left"));
                },
                line -> {},
                issuer.clock));
        var headers = Map.of("content-type", List.of("application/x-www-form-urlencoded"));

        assertThat(edge.handle(new HttpRequest("GET", "/nowhere", headers, new byte[0], Optional.empty()))
                        .status())
                .isEqualTo(404);
        assertThat(edge.handle(new HttpRequest(
                                "POST",
                                "/renew",
                                headers,
                                "token=x.y.z&holder_verifier=dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
                                        .getBytes(US_ASCII),
                                Optional.empty()))
                        .status())
                .isEqualTo(500);
    }

    @Test
    void refusesALateSignatureOfATokenThatIsClosedMeanwhile() {
        var proof = issuer.idToken();
        var form = TestIssuer.signForm(proof, UUID.randomUUID().toString());
        signerDown.set(true);
        issuer.token(form);
        signerDown.set(false);
        beforeLedger = method -> {
            if (method.equals("markSigned")) {
                beforeLedger = nothing -> {};
                issuer.revoke(Map.of("subject_token", proof, "handle", "run:*"));
            }
        };

        assertThat(issuer.token(form).text("error")).isEqualTo("invalid_request");
    }

    @Test
    void letsTheLeaseOfAHeldTokenRunOutWhenTheSignerFailsOnARepeat() {
        var form = TestIssuer.signForm(issuer.idToken(), UUID.randomUUID().toString());
        var held = issuer.token(form).accessToken();
        signerDown.set(true);
        assertUnavailable(issuer.token(form));

        issuer.clock.advance(Duration.ofSeconds(61));

        assertThat(issuer.redeem(held, "sign", ARTIFACT, "a").text("reason")).isEqualTo("lapsed");
    }

    @Test
    void refusesAnotherRequestWithAProofWhoseTokenWasNeverSigned() {
        var proof = issuer.idToken();
        signerDown.set(true);
        issuer.token(TestIssuer.signForm(proof, UUID.randomUUID().toString()));
        signerDown.set(false);

        assertThat(issuer.token(TestIssuer.deployForm(proof)).text("error")).isEqualTo("invalid_request");
    }

    @Test
    void asksForPatienceWhenTheProviderKeysAreAway() {
        issuer.provider.close();
        var answer = issuer.token(TestIssuer.deployForm(issuer.idToken()));
        assertUnavailable(answer);
        assertThat(issuer.lastAudit()).contains("provider_keys_unavailable", "\"provider\":\"github\"");
    }

    @Test
    void keepsTheProviderKeysAcrossANewPolicy() {
        assertThat(issuer.token(TestIssuer.deployForm(issuer.idToken())).status())
                .isEqualTo(200);
        var proof = issuer.idToken();
        issuer.provider.close();

        issuer.policy.replace(TestIssuer.compile(
                TestIssuer.policyJson(issuer.provider.issuer()).replace("Deploy to production", "Deploy")));

        assertThat(issuer.token(TestIssuer.deployForm(proof)).status()).isEqualTo(200);
    }

    private static void assertUnavailable(Answer answer) {
        assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
        assertThat(answer.text("error")).isEqualTo("temporarily_unavailable");
        assertThat(answer.headers().get("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.body().has("access_token")).isFalse();
    }

    private Ledger failing(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    beforeLedger.accept(method.getName());
                    if (ledgerDown.test(method.getName())) {
                        throw new LedgerUnavailable("down for the test");
                    }
                    try {
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private record FailingSigner(TaskSigner signer, AtomicBoolean down) implements TaskSigner {
        @Override
        public String keyId() {
            return signer.keyId();
        }

        @Override
        public byte[] sign(byte[] signingInput) throws SignerUnavailable {
            if (down.get()) {
                throw new SignerUnavailable("down for the test");
            }
            return signer.sign(signingInput);
        }

        @Override
        public JsonObject publicKeys() {
            return signer.publicKeys();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.ledger.Ledger;
import io.taskbound.token.LocalSigner;
import io.taskbound.token.SignerUnavailable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is done while the ledger is asked: signatures are made and checked, and decide nothing by themselves. */
class ExecutorTest {
    private final Queue<Runnable> aside = new ArrayDeque<>();
    private final InMemoryLedger memory = new InMemoryLedger();
    private final TestIssuer issuer =
            new TestIssuer(slowly(memory), LocalSigner.generate(), signer -> signer, aside::add);

    @AfterEach
    void stop() {
        issuer.close();
    }

    /** What was put aside is done only while the ledger is asked; who waits for it before that waits for ever. */
    private Ledger slowly(Ledger ledger) {
        return (Ledger) Proxy.newProxyInstance(
                Ledger.class.getClassLoader(), new Class<?>[] {Ledger.class}, (proxy, method, arguments) -> {
                    try {
                        while (!aside.isEmpty()) {
                            aside.remove().run();
                        }
                        return method.invoke(ledger, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    @Test
    void signsAndChecksSignaturesWhileTheLedgerIsAsked() {
        var token = issuer.mintSign().accessToken();

        assertThat(issuer.redeem(token, "sign", TestIssuer.ARTIFACT, "1").active())
                .isTrue();
    }

    @Test
    void believesNoForgedSignatureThoughTheRecordIsFound() {
        var token = issuer.mintSign().accessToken();

        var answer = issuer.redeem(forged(token), "sign", TestIssuer.ARTIFACT, "1");

        assertThat(answer.body().members()).containsOnlyKeys("active");
        assertThat(answer.active()).isFalse();
        assertThat(issuer.lastAudit()).contains("\"reason\":\"not_ours\"").doesNotContain("\"jti\"");
        assertThat(issuer.redeem(token, "sign", TestIssuer.ARTIFACT, "1").body().bool("first_use"))
                .isEqualTo(Optional.of(true));
    }

    /** The same header and claims under a good signature of another key. */
    private static String forged(String token) {
        try {
            var input = token.substring(0, token.lastIndexOf('.'));
            var signature = LocalSigner.generate().sign(input.getBytes(StandardCharsets.US_ASCII));
            return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (SignerUnavailable localKeysAlwaysSign) {
            throw new AssertionError(localKeysAlwaysSign);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.html;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Asking for a receipt, and for the keys to verify it with. */
class ReceiptAnswerTest {
    private static final String ENVELOPE =
            "{\"payloadType\":\"application/vnd.in-toto+json\",\"payload\":\"e30=\",\"signatures\":[{}]}";

    private final IssuerStandIn issuer = new IssuerStandIn();
    private final IssuerClient client = Samples.client(issuer, new TestClock()).build();

    @AfterEach
    void stop() {
        issuer.close();
    }

    @Test
    void theHolderAsksByTokenAndVerifier() {
        issuer.playing(json(200, ENVELOPE));
        assertThat(client.receipt(TaskToken.of(Samples.TOKEN), Samples.HOLDER))
                .isEqualTo(new ReceiptAnswer.Received(ENVELOPE));
        assertThat(issuer.only().path()).isEqualTo("/receipt");
        assertThat(issuer.only().form())
                .isEqualTo(Map.of("token", Samples.TOKEN, "holder_verifier", Samples.HOLDER.reveal()));
    }

    @Test
    void theRunAsksByHandleAndIdToken() {
        issuer.playing(json(200, ENVELOPE));
        assertThat(client.receipt(Samples.idToken(), Samples.HANDLE)).isInstanceOf(ReceiptAnswer.Received.class);
        assertThat(issuer.only().form())
                .isEqualTo(Map.of("subject_token", Samples.idToken().text(), "handle", Samples.HANDLE));
    }

    @Test
    void anIdTokenForSomebodyElseIsNotSent() {
        issuer.playing(json(200, ENVELOPE));
        var answer = client.receipt(Samples.idTokenFor("https://other.example"), Samples.HANDLE);
        assertThat(answer).isInstanceOf(ReceiptAnswer.Unavailable.class);
        assertThat(issuer.received()).isEmpty();
    }

    @Test
    void aHeldTokenAsksForItsOwn() {
        issuer.playing(json(200, Samples.grant()), json(200, ""), json(200, ENVELOPE));
        var granted = (MintAnswer.Granted) client.mint(Samples.idToken(), Samples.request());
        var held = client.hold(granted.token(), LeaseListener.ignoring());
        held.end();
        assertThat(held.receipt()).isInstanceOf(ReceiptAnswer.Received.class);
    }

    @Test
    void passesARefusalOnAndNeverTheSecretsOfTheRequest() {
        issuer.playing(json(400, Samples.refusal("invalid_grant").replace("not permitted", Samples.TOKEN)));
        var answer = client.receipt(TaskToken.of(Samples.TOKEN), Samples.HOLDER);
        assertThat(answer).isInstanceOf(ReceiptAnswer.Refused.class);
        assertThat(answer.toString()).contains("invalid_grant").doesNotContain(Samples.TOKEN);
    }

    @Test
    void doesNotTakeAnythingElseForAReceipt() {
        for (var turn : new IssuerStandIn.Turn[] {html(200), json(200, "{}"), json(200, "{\"payload\":\"e30=\"}")}) {
            issuer.playing(turn);
            assertThat(client.receipt(TaskToken.of(Samples.TOKEN), Samples.HOLDER))
                    .isInstanceOf(ReceiptAnswer.Unavailable.class);
        }
    }

    @Test
    void aReceiptMayBeLongerThanOtherAnswersAndNotEndless() {
        var long200 = ENVELOPE.replace("e30=", "e30=".repeat(50 * 1024));
        issuer.playing(json(200, long200));
        assertThat(client.receipt(TaskToken.of(Samples.TOKEN), Samples.HOLDER))
                .isEqualTo(new ReceiptAnswer.Received(long200));

        issuer.playing(json(200, ENVELOPE.replace("e30=", "e30=".repeat(70 * 1024))));
        var answer = (ReceiptAnswer.Unavailable) client.receipt(TaskToken.of(Samples.TOKEN), Samples.HOLDER);
        assertThat(answer.outage().sentence()).isEqualTo("the answer is longer than 256 KB");
    }

    @Test
    void fetchesTheKeysAsTheyWerePublished() throws Exception {
        var jwks = Files.readString(Samples.ROOT.resolve("contract/receipt/jwks.json"));
        issuer.playing(json(200, jwks));
        assertThat(client.publishedKeys()).isEqualTo(new KeysAnswer.Published(jwks));
        assertThat(issuer.only().path()).isEqualTo("/.well-known/jwks.json");

        issuer.playing(json(200, "{\"keys\":[]}"));
        assertThat(client.publishedKeys()).isInstanceOf(KeysAnswer.Unavailable.class);
        issuer.playing(html(200));
        assertThat(client.publishedKeys()).isInstanceOf(KeysAnswer.Unavailable.class);
    }
}

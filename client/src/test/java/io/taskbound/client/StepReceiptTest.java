// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import static io.taskbound.client.IssuerStandIn.html;
import static io.taskbound.client.IssuerStandIn.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.ECKey;
import io.taskbound.client.receipt.ReceiptForge;
import io.taskbound.client.step.StepReceipt;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What of an issuer's answer is a receipt that a step may keep. */
class StepReceiptTest {
    private static final ECKey KEY = ReceiptForge.newKey();

    private final IssuerStandIn issuer = new IssuerStandIn();
    private final IssuerClient client = Samples.client(issuer, new TestClock()).build();
    /** The sample's, as this issuer would sign it. */
    private final String statement = ReceiptForge.statement().replace("https://tokens.acme.example", issuer.url());

    private String handle;

    @BeforeEach
    void readHandle() {
        Matcher jti = Pattern.compile("\"(?:jti|handle)\":\"([^\"]+)\"").matcher(statement);
        assertThat(jti.find()).isTrue();
        handle = jti.group(1);
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    private StepReceipt of(String envelope) {
        return StepReceipt.of(new ReceiptAnswer.Received(envelope), handle, client);
    }

    private static String missing(StepReceipt receipt) {
        return receipt.match(verified -> "it was kept", StepReceipt.Missing::why);
    }

    @Test
    void isKeptIfTheIssuersKeysVerifyIt() {
        issuer.playing(json(200, ReceiptForge.published(KEY)));
        var envelope = ReceiptForge.signed(statement, KEY);

        assertThat(of(envelope + "\n")).isInstanceOfSatisfying(StepReceipt.Verified.class, kept -> {
            assertThat(kept.envelope()).isEqualTo(envelope);
            assertThat(kept.receipt().handle()).isEqualTo(handle);
        });
        assertThat(issuer.only().path()).isEqualTo("/.well-known/jwks.json");
    }

    @Test
    void isNotKeptIfAnotherKeySignedIt() {
        issuer.playing(json(200, ReceiptForge.published(KEY)));

        assertThat(missing(of(ReceiptForge.signed(statement, ReceiptForge.newKey(), KEY.getKeyID()))))
                .isEqualTo("what came was not kept: its signature does not verify: it was changed, or another key"
                        + " signed it");
        assertThat(missing(of(ReceiptForge.signed(statement, ReceiptForge.newKey()))))
                .isEqualTo("what came was not kept: none of these keys has its key id");
        assertThat(missing(of("{\"payload\":\"e30=\"}"))).contains("it is not a DSSE envelope");
    }

    /** Signed by the issuer itself, and of something else. */
    @Test
    void isNotKeptIfItIsOfAnotherTokenOrNamesAnotherIssuer() {
        issuer.playing(json(200, ReceiptForge.published(KEY)));
        var other = statement.replace(handle, Samples.HANDLE);
        var foreign = statement.replace(issuer.url(), "https://evil.example/\u001b[1m");

        assertThat(missing(of(ReceiptForge.signed(other, KEY))))
                .isEqualTo("what came was not kept: it is the receipt of another token");
        assertThat(missing(of(ReceiptForge.signed(foreign.replace("\u001b", "\\u001b"), KEY))))
                .startsWith("what came was not kept: it names another issuer: if https://evil.example/")
                .endsWith(" is yours, name the issuer like that")
                .doesNotContain("\u001b");
    }

    @Test
    void isNotKeptIfTheKeysDoNotCome() {
        issuer.playing(html(200));
        assertThat(missing(of(ReceiptForge.signed(statement, KEY))))
                .startsWith("it came, and the issuer's keys to verify it did not: ")
                .endsWith("without usable keys");
        issuer.playing(json(500, "{}"));
        assertThat(missing(of(ReceiptForge.signed(statement, KEY))))
                .startsWith("it came, and the issuer's keys to verify it did not: ");
    }

    @Test
    void saysWhyNoneCame() {
        var refusal =
                Samples.refused(Map.of("error", "invalid_grant", "request_id", "01JD-7"), Samples.idToken(), false);
        assertThat(missing(StepReceipt.of(new ReceiptAnswer.Refused(refusal.refusal()), handle, client)))
                .isEqualTo("the issuer refused: invalid_grant");
        var outage = new ReceiptAnswer.Unavailable(Outage.notSent("the address is not one"));
        assertThat(missing(StepReceipt.of(outage, handle, client))).contains("the address is not one");
        assertThat(issuer.received()).isEmpty();
    }
}

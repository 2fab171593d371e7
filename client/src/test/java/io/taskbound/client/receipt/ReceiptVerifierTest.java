// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.receipt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.ECKey;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.Samples;
import io.taskbound.client.step.ReceiptText;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The sample of contract/receipt, and what must not pass for a receipt. */
class ReceiptVerifierTest {
    private static final String SAMPLE = ReceiptForge.sample();
    private static final String STATEMENT = ReceiptForge.statement();
    private static final ReceiptVerifier VERIFIER = ReceiptVerifier.with(ReceiptForge.sampleKeys());
    private static final ECKey OWN = ReceiptForge.newKey();
    private static final ReceiptVerifier OWN_VERIFIER = ReceiptVerifier.with(ReceiptForge.published(OWN));

    @Test
    void readsTheSample() {
        var receipt = accepted(VERIFIER, SAMPLE);

        assertThat(receipt.statement()).isEqualTo(STATEMENT);
        assertThat(receipt.issuer()).isEqualTo("https://tokens.acme.example");
        assertThat(receipt.task()).isEqualTo("sign-release");
        assertThat(receipt.requester().provider()).isEqualTo("github");
        assertThat(receipt.requester().startedBy()).contains("octocat");
        assertThat(receipt.permissions()).containsExactly(new ReceiptPermission(List.of("sign"), Samples.ARTIFACT));
        assertThat(receipt.resourceServer()).isEqualTo("signer");
        assertThat(receipt.policyVersion()).isEqualTo(1);
        assertThat(receipt.maxUses()).contains(1L);
        assertThat(receipt.useCount()).isEqualTo(1);
        assertThat(receipt.uses())
                .containsExactly(
                        new ReceiptUse(Instant.parse("2026-11-23T10:00:01.560Z"), "signer", "sign", Samples.ARTIFACT));
        assertThat(receipt.state()).isEqualTo("spent");
        assertThat(receipt.end().orElseThrow().cause()).isEqualTo("spent");
        assertThat(receipt.issued()).isBefore(receipt.made());
        assertThat(receipt.keyId()).hasSize(43);
    }

    @Test
    void tellsWhatBecameOfAForeignCredential() {
        assertThat(told("revoked", ",\"ended\":\"2026-11-23T10:02:00Z\""))
                .contains("credential github-app, handed out 1 time, revoked at 2026-11-23T10:02:00Z");
        assertThat(told("expired", ",\"ended\":\"2026-11-23T11:00:00Z\""))
                .contains("ended by itself at 2026-11-23T11:00:00Z");
        assertThat(told("unheard", "")).contains("asked for without an answer: one may be alive until");
        assertThat(told("delivered", "")).contains("not revoked yet: alive until 2026-11-23T11:00:00Z at most");
        assertThat(told("not_made", "")).contains("the service made none");
        assertThat(told("paused", "")).contains("paused: may be alive until");
    }

    private static String told(String state, String more) {
        var statement = STATEMENT.replace(
                "\"state\":",
                "\"credential\":{\"kind\":\"github-app\",\"state\":\"" + state
                        + "\",\"deliveries\":1,\"asked\":\"2026-11-23T10:00:00Z\","
                        + "\"alive_until\":\"2026-11-23T11:00:00Z\"" + more + "},\"state\":");
        return ReceiptText.joined(accepted(OWN_VERIFIER, ReceiptForge.signed(statement, OWN, OWN.getKeyID())));
    }

    @Test
    void tellsTheStoryInWords() {
        assertThat(ReceiptText.joined(accepted(VERIFIER, SAMPLE)))
                .contains(
                        "task       sign-release",
                        "permitted  sign " + Samples.ARTIFACT + ", at signer",
                        "asked by   github, acme/shop",
                        "started by octocat",
                        "redeemed   2026-11-23T10:00:01.560Z, by signer: sign " + Samples.ARTIFACT,
                        "ended      2026-11-23T10:00:01.560Z, used up: signer redeemed its last use, after 1.3 s",
                        "receipt    made 2026-11-23T10:00:02.295Z by https://tokens.acme.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "holder | closed by its holder",
                "handle | closed by its run, by its handle",
                "job | closed with its job",
                "run | closed with its run",
                "hook | closed because the CI system said that its run or job ended",
                "lapsed | lapsed: no heartbeat came in time",
                "expired | expired: nobody closed it",
                "administrator | revoked by an administrator",
                "denied | revoked by the deny list",
                "window | its change window ended",
                "frozen | frozen, by signer"
            })
    void tellsEachEndInWords(String cause, String words) throws Exception {
        var statement = STATEMENT.replace("\"cause\":\"spent\"", "\"cause\":\"" + cause + "\"");
        var receipt = accepted(OWN_VERIFIER, ReceiptForge.signed(statement, OWN, OWN.getKeyID()));
        assertThat(ReceiptText.joined(receipt))
                .contains("ended      2026-11-23T10:00:01.560Z, " + words + ", after 1.3 s");
    }

    @Test
    void saysInWhichWindowItWasGrantedAndThatANewPolicyClosedIt() throws Exception {
        var statement = STATEMENT
                .replace(
                        "\"issued\":",
                        "\"window\":{\"end\":\"2026-11-23T12:00:00Z\",\"change\":\"CHG0031337\"},\"issued\":")
                .replace("\"cause\":\"spent\",\"by\":\"signer\"", "\"cause\":\"window\",\"by\":\"policy\"");
        var receipt = accepted(OWN_VERIFIER, ReceiptForge.signed(statement, OWN, OWN.getKeyID()));

        assertThat(receipt.window())
                .contains(new ReceiptWindow(Instant.parse("2026-11-23T12:00:00Z"), Optional.of("CHG0031337")));
        assertThat(ReceiptText.joined(receipt))
                .contains("window     until 2026-11-23T12:00:00Z, for change CHG0031337")
                .contains("closed by a new version of the policy, which had ended its change window");
        assertThat(accepted(VERIFIER, SAMPLE).window()).isEmpty();
    }

    @Test
    void namesTheKeyThatTheTokenWasBoundTo() throws Exception {
        var bound = STATEMENT.replace("\"issued\":", "\"cnf\":{\"jkt\":\"thumbprint\"},\"issued\":");
        var receipt = accepted(OWN_VERIFIER, ReceiptForge.signed(bound, OWN, OWN.getKeyID()));

        assertThat(receipt.keyThumbprint()).contains("thumbprint");
        assertThat(ReceiptText.joined(receipt)).contains("bound to   the key thumbprint");
        assertThat(accepted(VERIFIER, SAMPLE).keyThumbprint()).isEmpty();
        assertThat(ReceiptText.joined(accepted(VERIFIER, SAMPLE))).doesNotContain("bound to");
    }

    @Test
    void saysThatItWasDeadSinceItsWindowEnded() throws Exception {
        var expires = accepted(VERIFIER, SAMPLE).expires();
        var statement = STATEMENT
                .replace("\"issued\":", "\"window\":{\"end\":\"" + expires.plusMillis(500) + "\"},\"issued\":")
                .replace("\"by\":\"signer\"}", "\"by\":\"holder\",\"dead_since\":\"" + expires + "\"}");
        var receipt = accepted(OWN_VERIFIER, ReceiptForge.signed(statement, OWN, OWN.getKeyID()));

        assertThat(receipt.expiresWithItsWindow()).isTrue();
        assertThat(ReceiptText.joined(receipt))
                .contains("it had been dead since " + expires + ", when its change window ended");
    }

    /** Every byte of the file matters: none can be another without a refusal. */
    @Test
    void refusesEveryChangedByte() {
        var bytes = SAMPLE.getBytes(UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            for (int change : new int[] {1, 0x20}) {
                var changed = bytes.clone();
                changed[i] ^= (byte) change;
                assertThat(VERIFIER.verify(new String(changed, UTF_8)))
                        .as("byte %d, %s", i, (char) changed[i])
                        .isInstanceOf(ReceiptVerification.Rejected.class);
            }
        }
    }

    @Test
    void refusesEveryCutAndAnyAddition() {
        for (int i = 0; i < SAMPLE.length(); i++) {
            assertThat(VERIFIER.verify(SAMPLE.substring(0, i))).isInstanceOf(ReceiptVerification.Rejected.class);
        }
        for (var more : new String[] {"x", "{}", SAMPLE, "\u0000"}) {
            assertFlaw(SAMPLE + more, ReceiptFlaw.NOT_AN_ENVELOPE);
        }
    }

    /** As an editor or jq writes it: what was signed is inside and stays as it was. */
    @Test
    void takesTheSameEnvelopeWithOtherBlanks() {
        assertThat(accepted(VERIFIER, SAMPLE.replace(":", ": ").replace(",", ",\n ") + "\n")
                        .statement())
                .isEqualTo(STATEMENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"x\"", "{", "{}", "no json", "{\"payload\":\"e30=\"}", "\ufeff{}"})
    void refusesWhatIsNoEnvelope(String text) {
        assertFlaw(text, ReceiptFlaw.NOT_AN_ENVELOPE);
    }

    @Test
    void refusesAnythingTwiceOrMoreThanAnEnvelopeHas() {
        assertFlaw(SAMPLE.replaceFirst("\\{", "{\"payloadType\":\"x\","), ReceiptFlaw.NOT_AN_ENVELOPE);
        assertFlaw(SAMPLE.replace("{\"keyid\"", "{\"keyid\":\"x\",\"keyid\""), ReceiptFlaw.NOT_AN_ENVELOPE);
        assertFlaw(SAMPLE.replace("{\"keyid\"", "{\"cert\":\"x\",\"keyid\""), ReceiptFlaw.NOT_AN_ENVELOPE);
        assertFlaw(SAMPLE.replaceFirst("\\{", "{\"more\":1,"), ReceiptFlaw.NOT_AN_ENVELOPE);
        // A name that an escape spells is one that a second reader could see twice.
        assertFlaw(SAMPLE.replace("\"keyid\"", "\"k\\u0065yid\""), ReceiptFlaw.NOT_AN_ENVELOPE);
    }

    @Test
    void refusesAnotherPayloadType() {
        assertFlaw(SAMPLE.replace("vnd.in-toto+json", "json"), ReceiptFlaw.WRONG_PAYLOAD_TYPE);
        assertFlaw(SAMPLE.replace("\"application/vnd.in-toto+json\"", "7"), ReceiptFlaw.WRONG_PAYLOAD_TYPE);
    }

    @Test
    void refusesNoSignatureAndSeveral() {
        var begin = SAMPLE.indexOf("\"signatures\":[") + "\"signatures\":[".length();
        var one = SAMPLE.substring(begin, SAMPLE.lastIndexOf(']'));
        assertFlaw(SAMPLE.replace(one, ""), ReceiptFlaw.NOT_ONE_SIGNATURE);
        assertFlaw(SAMPLE.replace(one, one + "," + one), ReceiptFlaw.NOT_ONE_SIGNATURE);
        assertFlaw(SAMPLE.replace("[" + one + "]", one), ReceiptFlaw.NOT_ONE_SIGNATURE);
        assertFlaw(SAMPLE.replace(one, "7"), ReceiptFlaw.NOT_ONE_SIGNATURE);
    }

    @Test
    void refusesBase64InAnotherSpelling() {
        var sig = SAMPLE.substring(SAMPLE.indexOf("\"sig\":\"") + 7, SAMPLE.lastIndexOf('"'));
        assertFlaw(SAMPLE.replace(sig, sig.replace("=", "")), ReceiptFlaw.BAD_BASE64);
        assertFlaw(SAMPLE.replace(sig, sig.substring(1)), ReceiptFlaw.BAD_BASE64);
        assertFlaw(SAMPLE.replace(sig, "-_"), ReceiptFlaw.BAD_BASE64);
        assertFlaw(SAMPLE.replace("\"" + sig + "\"", "null"), ReceiptFlaw.BAD_BASE64);
    }

    @Test
    void refusesAKeyThatIsNotAmongTheIssuers() {
        assertThat(OWN_VERIFIER.verify(SAMPLE)).isEqualTo(new ReceiptVerification.Rejected(ReceiptFlaw.UNKNOWN_KEY));
        assertFlaw(SAMPLE.replace("\"keyid\":\"", "\"keyid\":\"x"), ReceiptFlaw.UNKNOWN_KEY);
    }

    /** A stranger's key under the issuer's key id, and another payload under the issuer's signature. */
    @Test
    void refusesWhatTheKeyDidNotSign() throws Exception {
        var keyId = accepted(VERIFIER, SAMPLE).keyId();
        assertFlaw(ReceiptForge.signed(STATEMENT, ReceiptForge.newKey(), keyId), ReceiptFlaw.BAD_SIGNATURE);
        var other = Base64.getEncoder()
                .encodeToString(STATEMENT.replace("spent", "other").getBytes(UTF_8));
        var payload = SAMPLE.substring(SAMPLE.indexOf("\"payload\":\"") + 11, SAMPLE.indexOf("\",\"signatures"));
        assertFlaw(SAMPLE.replace(payload, other), ReceiptFlaw.BAD_SIGNATURE);
        for (var sig : new byte[][] {{}, {0x30}, {0x30, 6, 2, 1, 0, 2, 1, 0}, new byte[64], new byte[5_000]}) {
            var text = SAMPLE.replaceFirst(
                    "\"sig\":\"[^\"]*\"", "\"sig\":\"" + Base64.getEncoder().encodeToString(sig) + "\"");
            assertThat(VERIFIER.verify(text)).as(Arrays.toString(sig)).isInstanceOf(ReceiptVerification.Rejected.class);
        }
    }

    /** The same key signs tokens: the signature of one is none of an envelope, whatever is in the payload. */
    @Test
    void refusesTheSignatureOfAToken() throws Exception {
        var signer = new ECDSASigner(OWN);
        var token = signer.sign(new JWSHeader(JWSAlgorithm.ES256), STATEMENT.getBytes(UTF_8));
        var text = ReceiptForge.envelope(STATEMENT, OWN.getKeyID(), ECDSA.transcodeSignatureToDER(token.decode()));
        assertThat(OWN_VERIFIER.verify(text)).isEqualTo(new ReceiptVerification.Rejected(ReceiptFlaw.BAD_SIGNATURE));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "no json",
                "{\"_type\":\"https://in-toto.io/Statement/v1\",\"predicateType\":\"https://slsa.dev/provenance/v1\","
                        + "\"predicate\":{}}",
                "{\"_type\":\"https://in-toto.io/Statement/v1\","
                        + "\"predicateType\":\"https://taskbound.example/receipt/v1\",\"predicate\":{}}"
            })
    void refusesWhatWasSignedAndIsNoReceipt(String statement) throws Exception {
        assertOwnFlaw(statement, ReceiptFlaw.NOT_A_RECEIPT);
    }

    @Test
    void refusesASignedStatementWithARepeatedNameOrABadTime() throws Exception {
        assertThat(OWN_VERIFIER.verify(ReceiptForge.signed(STATEMENT, OWN, OWN.getKeyID())))
                .isInstanceOf(ReceiptVerification.Accepted.class);
        assertOwnFlaw(STATEMENT.replace("\"task\":", "\"task\":\"x\",\"task\":"), ReceiptFlaw.NOT_A_RECEIPT);
        assertOwnFlaw(STATEMENT.replace("2026-11-23T10:00:02.295Z", "yesterday"), ReceiptFlaw.NOT_A_RECEIPT);
        assertOwnFlaw(STATEMENT.replace("receipt/v1", "receipt/v2"), ReceiptFlaw.NOT_A_RECEIPT);
        assertOwnFlaw(STATEMENT.replace("Statement/v1", "Statement/v0.1"), ReceiptFlaw.NOT_A_RECEIPT);
    }

    @Test
    void passesOverWhatALaterIssuerMayAdd() throws Exception {
        var more = STATEMENT.replace("\"txn\":", "\"approvals\":[{\"by\":\"jane\"}],\"txn\":");
        assertThat(accepted(OWN_VERIFIER, ReceiptForge.signed(more, OWN, OWN.getKeyID()))
                        .statement())
                .contains("approvals");
    }

    @Test
    void refusesWhatIsTooLargeWithoutReadingIt() {
        assertFlaw(" ".repeat(ReceiptVerifier.MAX_LENGTH) + SAMPLE, ReceiptFlaw.TOO_LARGE);
        var huge = SAMPLE.replaceFirst("\"payload\":\"", "\"payload\":\"" + "A".repeat(ReceiptVerifier.MAX_LENGTH));
        assertFlaw(huge, ReceiptFlaw.TOO_LARGE);
    }

    @Test
    void deepNestingIsRefusedLikeAnythingElse() {
        assertFlaw("[".repeat(100_000), ReceiptFlaw.NOT_AN_ENVELOPE);
        assertFlaw("{\"payload\":" + "[".repeat(100_000), ReceiptFlaw.NOT_AN_ENVELOPE);
    }

    @Test
    void asksForTheIssuerThatIsMeant() {
        var ours = VERIFIER.ofIssuer(IssuerUrl.of("https://tokens.acme.example/"));
        assertThat(ours.verify(SAMPLE)).isInstanceOf(ReceiptVerification.Accepted.class);
        assertThat(VERIFIER.ofIssuer(IssuerUrl.of("https://other.example")).verify(SAMPLE))
                .isEqualTo(new ReceiptVerification.Rejected(ReceiptFlaw.WRONG_ISSUER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "{\"keys\":[]}", "null", "{\"keys\":[null]}", "no json"})
    void wantsAKeySetWithAKey(String jwks) {
        assertThatThrownBy(() -> ReceiptVerifier.with(jwks)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void assertFlaw(String text, ReceiptFlaw flaw) {
        assertThat(VERIFIER.verify(text)).isEqualTo(new ReceiptVerification.Rejected(flaw));
    }

    private static void assertOwnFlaw(String statement, ReceiptFlaw flaw) throws Exception {
        assertThat(OWN_VERIFIER.verify(ReceiptForge.signed(statement, OWN, OWN.getKeyID())))
                .as(statement)
                .isEqualTo(new ReceiptVerification.Rejected(flaw));
    }

    private static VerifiedReceipt accepted(ReceiptVerifier verifier, String text) {
        return verifier.verify(text).match(ReceiptVerification.Accepted::receipt, rejected -> {
            throw new AssertionError(rejected);
        });
    }
}

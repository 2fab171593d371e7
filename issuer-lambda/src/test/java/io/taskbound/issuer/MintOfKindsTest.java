// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.http.TestIssuer;
import io.taskbound.http.TestIssuer.Answer;
import io.taskbound.ledger.InMemoryLedger;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mint says and refuses for a resource server that the issuer serves itself. */
class MintOfKindsTest {
    private static final String SHOP = object("bump-version", "github:acme/shop", "contents:write");
    private static final String DOCS = object("bump-version", "github:acme/docs", "contents:write");
    private static final String EXPORTS = object("migrate", "s3:legacy-exports/datasets/orders/", "read");

    private final TestIssuer issuer = TestIssuer.withKinds(new InMemoryLedger());

    @AfterEach
    void stop() {
        issuer.close();
    }

    private static String object(String task, String identifier, String action) {
        return "{\"type\":\"task\",\"task\":\"%s\",\"identifier\":\"%s\",\"actions\":[\"%s\"]}"
                .formatted(task, identifier, action);
    }

    private Map<String, String> form(String... objects) {
        return TestIssuer.form(issuer.idToken(), UUID.randomUUID().toString(), "[" + String.join(",", objects) + "]");
    }

    private static void assertUndeliverable(Answer answer, String words) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_authorization_details");
        assertThat(answer.text("error_description")).contains(words);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            bump-version, github:acme/shop, contents:write, github-app, github
            migrate, s3:new-lake/imports/orders/, write, aws-role, lake
            read-key, secret:signing, read, openbao, vault
            """)
    void saysWhichCredentialTheStepMayFetch(String task, String identifier, String action, String kind, String server) {
        var answer = issuer.token(form(object(task, identifier, action)));

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.text("credential_kind")).isEqualTo(kind);
        assertThat(answer.body().toString()).contains("urn:taskbound:server:" + server);
    }

    @Test
    void saysSoAgainWhenTheAnswerWasLost() {
        var form = form(SHOP);
        issuer.token(form);

        assertThat(issuer.token(form).text("credential_kind")).isEqualTo("github-app");
    }

    @Test
    void saysNothingOfACredentialWhereTheTokenIsWhatTheServerTakes() {
        assertThat(issuer.mintSign().body().has("credential_kind")).isFalse();
    }

    @Test
    void takesTheServersNameAsResource() {
        var form = form(SHOP);
        form.put("resource", "urn:taskbound:server:github");
        assertThat(issuer.token(form).status()).isEqualTo(200);

        var other = form(SHOP);
        other.put("resource", "urn:taskbound:server:lake");
        assertThat(issuer.token(other).text("error")).isEqualTo("invalid_target");
    }

    @Test
    void refusesWhatNoCredentialIsAndLeavesTheProofUnused() {
        var form = form(SHOP, object("bump-version", "github:acme/docs", "issues:read"));

        assertUndeliverable(issuer.token(form), "the same actions for every identifier, or ask in two steps");
        assertThat(issuer.lastAudit())
                .contains("\"result\":\"refused\"", "\"reason\":\"not_deliverable\"", "\"rule\":");

        form.put("authorization_details", "[" + SHOP + "," + DOCS + "]");
        assertThat(issuer.token(form).status()).isEqualTo(200);
    }

    @Test
    void refusesItInADryRunToo() {
        var form = form(object("migrate", "s3:legacy-exports/datasets/" + "a".repeat(460), "read"), EXPORTS);
        form.put("dry_run", "true");
        assertThat(issuer.token(form).body().bool("would_grant")).contains(true);

        form.put("authorization_details", "[" + EXPORTS + "," + manyLongOnes() + "]");
        assertUndeliverable(issuer.token(form), "too many or too long for one AWS session");
    }

    private static String manyLongOnes() {
        var objects = new StringBuilder();
        for (int i = 0; i < 6; i++) {
            objects.append(i == 0 ? "" : ",")
                    .append(object("migrate", "s3:legacy-exports/datasets/" + "a".repeat(400) + i, "read"));
        }
        return objects.toString();
    }

    @Test
    void refusesTwoTargetsOfOneLogin() {
        assertUndeliverable(
                issuer.token(form(object("read-key", "secret:a", "read"), object("read-key", "secret:b", "read"))),
                "one action on one identifier");
    }

    @Test
    void tellsAStrangerNothingOfIt() {
        var form = form(SHOP, object("bump-version", "github:acme/docs", "issues:read"));
        form.put("subject_token", issuer.idToken("repository_id", "6666"));

        var answer = issuer.token(form);

        assertThat(answer.text("error_description")).isEqualTo(Refusal.NOT_PERMITTED);
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void needsAChallengeSinceWhoeverFetchesTheCredentialMustShowTheVerifier(String dryRun) {
        var form = form(SHOP);
        form.remove("holder_challenge");
        form.put("dry_run", dryRun);

        var answer = issuer.token(form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("error")).isEqualTo("invalid_request");
        assertThat(answer.text("error_description")).startsWith("this task needs a holder_challenge: ");
        assertThat(issuer.lastAudit()).contains("\"reason\":\"no_challenge\"");
    }

    @Test
    void nobodyRedeemsOrAsksAboutSuchAToken() {
        var token = issuer.token(form(SHOP)).accessToken();

        for (var name : new String[] {"github", "urn:taskbound:server:github"}) {
            var asks = issuer.post(
                    "/introspect",
                    Map.of("token", token),
                    Optional.of(TestIssuer.basic(name, TestIssuer.SIGNER_SECRET)));
            assertThat(asks.status()).isEqualTo(401);
        }
        assertThat(issuer.redeem(token, "contents:write", "github:acme/shop", "use-1")
                        .body()
                        .bool("active"))
                .contains(false);
        assertThat(issuer.introspect(token, "tracker", TestIssuer.TRACKER_SECRET)
                        .active())
                .isFalse();
    }
}

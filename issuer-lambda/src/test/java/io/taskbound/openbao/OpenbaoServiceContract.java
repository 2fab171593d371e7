// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.credential.CredentialOrder;
import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.credential.OpenbaoAccess;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.policy.TokenType;
import io.taskbound.task.Identifier;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import io.taskbound.token.TaskClaims;
import io.taskbound.token.TaskToken;
import io.taskbound.token.TaskTokenVerifier;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service does with an OpenBao, the stand-in or a real one. */
abstract class OpenbaoServiceContract {
    private static final AtomicInteger SCENES = new AtomicInteger();
    private static final Duration LIFE = Duration.ofMinutes(10);

    private BaoScene scene;
    /** What is not this test's. */
    private TreeSet<String> before;

    abstract URI address();

    abstract String rootToken();

    @BeforeEach
    void setUp() throws IOException {
        scene = new BaoScene(address(), rootToken(), "jwt-" + SCENES.incrementAndGet(), Optional.empty());
        scene.setUp();
        scene.secret("acme/shop", "for the shop");
        scene.secret("acme/other", "for others");
        before = scene.admin.accessors();
    }

    @AfterEach
    void close() {
        scene.close();
    }

    private static CredentialOrder order() {
        return BaoScene.order("release", LIFE);
    }

    private static String token(ForeignCredential credential) {
        return credential.secret().string("token").orElseThrow();
    }

    private int read(String path, String token) {
        return scene.admin.get("secret/data/" + path, token).status();
    }

    private void nothingIsLeft() {
        var now = scene.admin.accessors();
        now.removeAll(before);
        assertThat(now).as("tokens that are still alive").isEmpty();
    }

    @Test
    void handsOutATokenForOneTargetUntilItIsRevoked() throws Exception {
        var order = order();
        var credential = scene.service.issue(scene.access("vault:acme/shop"), order);

        assertThat(credential.about())
                .isEqualTo(JsonObject.builder()
                        .put("address", address().toString())
                        .build());
        assertThat(credential.until())
                .isBetween(order.now().plus(LIFE), order.expires().plusSeconds(60));
        assertThat(credential.until()).isBeforeOrEqualTo(scene.service.mayLiveUntil(scene.access("x"), order));
        assertThat(credential.toString()).doesNotContain(token(credential));
        assertThat(read("acme/shop", token(credential))).isEqualTo(200);
        assertThat(read("acme/other", token(credential))).isEqualTo(403);

        var revocation = credential.revocation().orElseThrow();
        assertThat(revocation).doesNotContain(token(credential));
        scene.service.revoke(revocation);
        assertThat(read("acme/shop", token(credential))).isEqualTo(403);
        nothingIsLeft();
        // Gone is gone: once more says the same.
        scene.service.revoke(revocation);
    }

    /** OpenBao keeps one set of metadata for each entity, and takes it for all tokens of it. */
    @Test
    void aLaterLoginForAnotherTargetChangesNothingForTheFirst() throws Exception {
        var first = scene.service.issue(scene.access("acme/shop"), order());
        var second = scene.service.issue(scene.access("acme/other"), order());

        assertThat(read("acme/shop", token(first))).isEqualTo(200);
        assertThat(read("acme/other", token(first))).isEqualTo(403);
        assertThat(read("acme/other", token(second))).isEqualTo(200);
        assertThat(read("acme/shop", token(second))).isEqualTo(403);

        scene.service.revoke(first.revocation().orElseThrow());
        assertThat(read("acme/shop", token(first))).isEqualTo(403);
        assertThat(read("acme/other", token(second))).isEqualTo(200);
    }

    /** Renewing does not carry it past its end. */
    @Test
    void theStepCannotMakeItLiveLonger() throws Exception {
        scene.role("30s", "");
        var credential = scene.service.issue(scene.access("acme/shop"), order());
        var renewed = scene.admin.post(
                "auth/token/renew-self",
                token(credential),
                JsonObject.builder().put("increment", "8h").build());

        assertThat(renewed.status()).isEqualTo(200);
        assertThat(renewed.body()
                        .object("auth")
                        .orElseThrow()
                        .wholeNumber("lease_duration")
                        .orElseThrow())
                .isBetween(1L, 30L);
        assertThat(credential.until()).isBefore(order().now().plusSeconds(32));
    }

    @Test
    void theIssuersOwnLoginIsEndedToo() throws Exception {
        scene.revokeRole("\"token_type\":\"service\",");
        var credential = scene.service.issue(scene.access("acme/shop"), order());
        scene.service.revoke(credential.revocation().orElseThrow());
        nothingIsLeft();
    }

    @Test
    void aRoleForAnotherTaskOrAudienceOrThatIsNotThereIsNamed() {
        refused(scene.access("acme/shop"), BaoScene.order("migrate", LIFE), "bound_claims");
        refused(
                new OpenbaoAccess(scene.server("absent"), "read", new Identifier("acme/shop")),
                order(),
                "no role absent");
        scene.role("10m", "\"bound_subject\":\"another\",");
        scene.admin.set("auth/" + scene.mount + "/role/other-audience", """
                {"role_type":"jwt","bound_audiences":["https://other.example"],"user_claim":"entity","token_ttl":"1m"}""");
        refused(
                new OpenbaoAccess(scene.server("other-audience"), "read", new Identifier("acme/shop")),
                order(),
                "bound_audiences to https://vault.acme.example");
        nothingIsLeft();
    }

    @Test
    void aMountThatIsNotThereIsNamed() throws Exception {
        var elsewhere = new BaoScene(address(), rootToken(), "jwt-absent", Optional.empty());
        refused(elsewhere.access("acme/shop"), order(), "no JWT auth method at auth/jwt-absent");
        elsewhere.close();
    }

    @Test
    void aTokenThatOutlivesTheTaskIsRevokedAndRefused() {
        refused(scene.access("acme/shop"), BaoScene.order("release", Duration.ofMinutes(8)), "live 600 s");
        nothingIsLeft();
    }

    @Test
    void aTokenThatCanBeRenewedForEverIsRevokedAndRefused() {
        scene.role("0", "");
        refused(scene.access("acme/shop"), order(), "token_explicit_max_ttl");
        nothingIsLeft();
    }

    @Test
    void aTokenThatNobodyCanRevokeIsRefused() {
        scene.role("0", "\"token_type\":\"batch\",");
        refused(scene.access("acme/shop"), order(), "batch tokens");
    }

    @Test
    void withoutTheRoleThatRevokesNothingIsMade() {
        scene.admin.set("auth/" + scene.mount + "/role/taskbound-revoke", """
                {"role_type":"jwt","bound_audiences":["https://other.example"],"user_claim":"sub"}""");
        refused(scene.access("acme/shop"), order(), "taskbound-revoke");
        nothingIsLeft();
    }

    @Test
    void aRevokingRoleWithoutItsPolicyIsNamedAndNothingIsLeft() {
        scene.admin.policy(scene.mount + "-revoke", "path \"secret/none\" {\n  capabilities = [\"read\"]\n}\n");
        refused(scene.access("acme/shop"), order(), "may not look up");
        nothingIsLeft();
    }

    /** The record says what cannot be revoked now; it stays so until somebody sets it up again. */
    @Test
    void whatCannotBeRevokedIsSaid() throws Exception {
        var credential = scene.service.issue(scene.access("acme/shop"), order());
        var revocation = credential.revocation().orElseThrow();
        scene.admin.policy(scene.mount + "-revoke", "path \"secret/none\" {\n  capabilities = [\"read\"]\n}\n");
        assertThatThrownBy(() -> scene.service.revoke(revocation))
                .isInstanceOf(CredentialUnavailable.class)
                .hasMessageContaining("revoke-accessor: 403");
        assertThat(read("acme/shop", token(credential))).isEqualTo(200);
    }

    /** One signing key, one audience, and a login all the same only for what is made for it. */
    @Test
    void noTaskTokenLogsInAndNoLoginIsATaskToken() throws Exception {
        var order = order();
        var claims = new TaskClaims(
                scene.issuer.url(),
                TokenType.JWT,
                new Jti("R".repeat(22), "P".repeat(32)),
                new TaskName("release"),
                order.requester(),
                BaoScene.AUDIENCE,
                JsonArray.EMPTY,
                new PolicyVersion(1, "4b".repeat(32)),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                order.now(),
                order.expires());
        var taskToken = TaskToken.sign(claims, scene.signer).reveal();
        for (var role : new String[] {BaoScene.ROLE, "taskbound-revoke"}) {
            var answer = scene.admin.post(
                    "auth/" + scene.mount + "/login",
                    "",
                    JsonObject.builder().put("role", role).put("jwt", taskToken).build());
            assertThat(answer.status()).as(role).isEqualTo(400);
        }

        var verifier = new TaskTokenVerifier(scene.issuer.url(), scene.signer.publicKeys());
        assertThat(verifier.verify(taskToken)).isPresent();
        var jwts = new LoginJwts(scene.issuer.url(), scene.signer);
        assertThat(verifier.verify(jwts.forStep(scene.access("acme/shop"), order)))
                .isEmpty();
        assertThat(verifier.verify(jwts.forRevoking(BaoScene.AUDIENCE, order.now())))
                .isEmpty();
    }

    private void refused(OpenbaoAccess access, CredentialOrder order, String sentence) {
        assertThatThrownBy(() -> scene.service.issue(access, order))
                .isInstanceOf(CredentialRefused.class)
                .hasMessageContaining(sentence)
                .hasMessageEndingWith(".");
    }
}

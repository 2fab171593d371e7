// SPDX-License-Identifier: Apache-2.0
package io.taskbound.openbao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.local.Trouble;
import io.taskbound.local.openbao.StandInOpenbao;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import io.taskbound.token.TaskSigner;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An OpenBao that is down, sealed, slow, lying, or that is something else. */
class OpenbaoFaultsTest {
    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final String LOGIN = "auth/jwt/login";
    private static final String STEPS_LOGIN = LOGIN + " " + BaoScene.ROLE;
    private static final String LOOK_UP = "auth/token/lookup-accessor";
    private static final String REVOKE = "auth/token/revoke";
    private StandInOpenbao bao;
    private BaoScene scene;

    @BeforeEach
    void start() throws IOException {
        bao = StandInOpenbao.start(Clock.systemUTC());
        scene = new BaoScene(bao.address(), bao.rootToken(), "jwt", Optional.empty());
        scene.setUp();
        scene.secret("acme/shop", "for the shop");
    }

    @AfterEach
    void stop() {
        scene.close();
        bao.close();
    }

    private ForeignCredential issue() throws Exception {
        return scene.service.issue(scene.access("acme/shop"), BaoScene.order("release", LIFE));
    }

    private CredentialUnavailable unavailable(ThrowingCallable call) {
        var unavailable = catchThrowableOfType(CredentialUnavailable.class, call);
        assertThat(unavailable).hasMessageNotContainingAny("hvs.", "hvb.", "eyJ", "canary");
        return unavailable;
    }

    private void nothingIsLeft() {
        bao.behave();
        assertThat(scene.admin.accessors()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"DOWN", "HUGE", "REDIRECTING", "WEB_PAGE", "ERROR"})
    void aLoginThatIsNotAnsweredAsDocumentedIsNoToken(Trouble trouble) {
        bao.trouble(trouble, LOGIN);
        // The first login is the issuer's own: nothing of the step's was made.
        assertThat(unavailable(this::issue).mayHaveBeenDone()).isFalse();
        assertThat(bao.requests(LOGIN)).as("nothing is asked twice").isEqualTo(1);
        nothingIsLeft();
    }

    @Test
    void aServiceThatHangsIsLeftInTime() {
        bao.trouble(Trouble.SLOW, LOGIN);
        var begun = System.nanoTime();
        assertThat(unavailable(this::issue)).hasMessageContaining("no whole answer in time");
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aStepsLoginWhoseAnswerIsLostMayHaveBeenDone() {
        bao.loseAnswers(STEPS_LOGIN);
        assertThat(unavailable(this::issue).mayHaveBeenDone()).isTrue();
        bao.behave();
        assertThat(scene.admin.accessors()).as("nobody has it, and it is alive").hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"DOWN", "WEB_PAGE", "ERROR"})
    void aStepsLoginThatIsNotAnsweredAsDocumentedMayHaveBeenDone(Trouble trouble) {
        bao.trouble(trouble, STEPS_LOGIN);
        assertThat(unavailable(this::issue).mayHaveBeenDone()).isTrue();
        assertThat(bao.requests(LOGIN)).as("nothing is asked twice").isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 472, 473, 501, 502, 503, 504})
    void aSealedOrBusyServiceIsTriedLater(int status) {
        bao.instead(LOGIN, status, "application/json", "{\"errors\":[\"canary\"]}");
        assertThat(unavailable(this::issue)).hasMessageContaining(String.valueOf(status));
    }

    @Test
    void aNamespaceThatIsNotThereIsNamed() throws Exception {
        var elsewhere = new BaoScene(bao.address(), bao.rootToken(), "jwt", Optional.of("absent"));
        var refused = catchThrowableOfType(
                CredentialRefused.class,
                () -> elsewhere.service.issue(elsewhere.access("acme/shop"), BaoScene.order("release", LIFE)));
        assertThat(refused).hasMessageContaining("no such namespace");
        elsewhere.close();
    }

    @Test
    void everythingHappensInTheNamespace() throws Exception {
        new BaoAdmin(bao.address(), bao.rootToken()).set("sys/namespaces/acme", "{}");
        var inside = new BaoScene(bao.address(), bao.rootToken(), "jwt", Optional.of("acme"));
        inside.setUp();
        inside.secret("acme/shop", "inside");
        var credential = inside.service.issue(inside.access("acme/shop"), BaoScene.order("release", LIFE));
        var token = credential.secret().string("token").orElseThrow();

        assertThat(credential.about().string("namespace")).contains("acme");
        assertThat(inside.admin.get("secret/data/acme/shop", token).status()).isEqualTo(200);
        assertThat(scene.admin.get("secret/data/acme/shop", token).status()).isEqualTo(403);
        inside.service.revoke(credential.revocation().orElseThrow());
        assertThat(inside.admin.accessors()).isEmpty();
        inside.close();
    }

    /** A token with a line break would become two lines of somebody's file, or two headers. */
    @ParameterizedTest
    @ValueSource(strings = {"hvs.\\\\n", "hvs. ", "hvs.\\\\u00e4", "hvs.\\\\u0000"})
    void aTokenThatNoHeaderCanHaveIsRevokedAndNotHandedOut(String begin) {
        bao.rewrite(STEPS_LOGIN, body -> body.replaceFirst("hvs\\.", begin));
        var failed = unavailable(this::issue);
        assertThat(failed).hasMessageContaining("no token that can be used");
        assertThat(failed.mayHaveBeenDone()).isFalse();
        nothingIsLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{\"auth\":null}",
                "{\"auth\":{\"client_token\":\"\",\"accessor\":\"\",\"lease_duration\":600}}",
                "{\"auth\":{\"client_token\":\"hvs.canary\",\"accessor\":\"a\\nb\",\"lease_duration\":600}}",
                "{\"auth\":{\"client_token\":\"hvs.canary\",\"accessor\":\"a\",\"lease_duration\":-1}}"
            })
    void anAnswerWithoutATokenIsNoToken(String answer) {
        bao.instead(STEPS_LOGIN, 200, "application/json", answer);
        unavailable(this::issue);
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"DOWN", "WEB_PAGE", "ERROR"})
    void whatCannotBeLookedUpIsRevoked(Trouble trouble) {
        bao.trouble(trouble, LOOK_UP);
        assertThat(unavailable(this::issue).mayHaveBeenDone()).isFalse();
        nothingIsLeft();
    }

    /** An answer about another token says nothing about ours. */
    @Test
    void anAnswerAboutAnotherTokenIsNotBelieved() {
        bao.instead(LOOK_UP, 200, "application/json", """
                {"data":{"accessor":"another","explicit_max_ttl":60,"renewable":false,"creation_ttl":60}}""");
        assertThat(unavailable(this::issue)).hasMessageContaining("nothing about this token");
        nothingIsLeft();
    }

    @Test
    void whatCanBeNeitherLookedUpNorRevokedMayBeAlive() {
        bao.trouble(Trouble.ERROR, "auth/token/");
        assertThat(unavailable(this::issue).mayHaveBeenDone()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = Trouble.class,
            names = {"DOWN", "REDIRECTING", "WEB_PAGE", "ERROR"})
    void onlyOpenbaoItselfSaysThatATokenIsGone(Trouble trouble) throws Exception {
        var revocation = issue().revocation().orElseThrow();
        bao.trouble(trouble, REVOKE);
        unavailable(() -> scene.service.revoke(revocation));
        bao.behave();
        assertThat(scene.admin.accessors()).hasSize(1);
        scene.service.revoke(revocation);
        nothingIsLeft();
    }

    /** As versions of OpenBao and Vault word it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 {\"warnings\":[\"No token found with this accessor\"]}",
                "400 {\"errors\":[\"1 error occurred:\\n\\t* invalid accessor\\n\\n\"]}",
                "403 {\"errors\":[\"invalid accessor\"]}",
                "404 {\"errors\":[\"invalid accessor\"]}",
                "400 {\"errors\":[\"token not found\"]}"
            })
    void goneIsWhatTheySayOfATokenThatIsNotThere(String answer) throws Exception {
        var revocation = issue().revocation().orElseThrow();
        bao.instead(REVOKE, Integer.parseInt(answer.substring(0, 3)), "application/json", answer.substring(4));
        scene.service.revoke(revocation);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "200 {}",
                "200 {\"warnings\":null}",
                "200 {\"warnings\":[\"something else\"]}",
                "400 {\"errors\":[\"missing accessor\"]}",
                "403 {\"errors\":[\"permission denied\"]}",
                "404 {\"errors\":[]}",
                "500 {\"errors\":[\"invalid accessor\"]}"
            })
    void anythingElseIsNot(String answer) throws Exception {
        var revocation = issue().revocation().orElseThrow();
        bao.instead(REVOKE, Integer.parseInt(answer.substring(0, 3)), "application/json", answer.substring(4));
        unavailable(() -> scene.service.revoke(revocation));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "canary", "{}", "[]", "{\"address\":\"canary\"}", "{\"address\":\"http://a b\"}"})
    void whatIsKeptIsReadStrictly(String text) {
        unavailable(() -> scene.service.revoke(text));
    }

    @Test
    void withoutItsSigningKeyTheIssuerAsksNobody() {
        var keys = new SigningKeys() {
            @Override
            public TaskSigner signing() throws SignerUnavailable {
                throw new SignerUnavailable("KMS did not answer");
            }

            @Override
            public io.taskbound.json.JsonObject published() {
                return scene.signer.published();
            }
        };
        var service = new OpenbaoService(
                scene.issuer.url(), keys, new OutboundHttp(FetchPolicy.WITH_LOOPBACK), Clock.systemUTC());
        var failed = unavailable(() -> service.issue(scene.access("acme/shop"), BaoScene.order("release", LIFE)));
        assertThat(failed.mayHaveBeenDone()).isFalse();
        assertThat(bao.requests(LOGIN)).isZero();
    }

    @Test
    void aWaitThatTheServiceAsksForIsHandedOn() {
        bao.instead(LOGIN, 429, "application/json", "{\"errors\":[]}");
        assertThat(unavailable(this::issue).retryAfter()).isEmpty();
        bao.retryAfter("30");
        assertThat(unavailable(this::issue).retryAfter()).contains(Duration.ofSeconds(30));
        bao.retryAfter("canary");
        assertThat(unavailable(this::issue).retryAfter()).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.taskbound.credential.CredentialRefused;
import io.taskbound.credential.CredentialUnavailable;
import io.taskbound.credential.ForeignCredential;
import io.taskbound.credential.GithubAccess;
import io.taskbound.identity.FetchPolicy;
import io.taskbound.json.JsonText;
import io.taskbound.local.github.GithubEndpoint;
import io.taskbound.local.github.GithubTrouble;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.policy.GithubApp;
import io.taskbound.token.AppSigner;
import io.taskbound.token.SignerUnavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over real HTTP, with a stand-in of GitHub that verifies the App's JWT and refuses what GitHub refuses. */
class GithubServiceTest {
    private final GithubScene scene = new GithubScene();

    @AfterEach
    void stop() {
        scene.close();
    }

    private String token(ForeignCredential credential) {
        return credential.secret().string("token").orElseThrow();
    }

    private CredentialRefused refused(GithubAccess access) {
        return catchThrowableOfType(CredentialRefused.class, () -> scene.issue(access));
    }

    private CredentialUnavailable unavailable(GithubAccess access) {
        return catchThrowableOfType(CredentialUnavailable.class, () -> scene.issue(access));
    }

    @Test
    void givesATokenForTheRepositoriesAndPermissionsOfTheGrantAndNoMore() throws Exception {
        var given = scene.issue(scene.access(List.of("shop", "docs"), Map.of("contents", "read", "issues", "read")));

        assertThat(scene.github.aliveTokens()).containsExactly(token(given));
        assertThat(JsonText.of(given.about()))
                .isEqualTo("{\"server_url\":\"" + scene.github.url() + "\",\"api_url\":\"" + scene.github.url()
                        + "\",\"repositories\":[\"acme/shop\",\"acme/docs\"],\"permissions\":{\"contents\":\"read\","
                        + "\"issues\":\"read\",\"metadata\":\"read\"}}");
        assertThat(given.until()).isEqualTo(GithubScene.START.plus(Duration.ofHours(1)));
        assertThat(scene.service.mayLiveUntil(scene.shop(), scene.order()))
                .isEqualTo(GithubScene.START.plus(Duration.ofMinutes(61)));
    }

    @Test
    void takesTokensOfTheLongForm() throws Exception {
        scene.github.longTokens(true);
        assertThat(token(scene.issue(scene.shop()))).hasSizeGreaterThan(500).contains(".");
    }

    @Test
    void revokesByWhatItSaidAndTakesWhatIsGoneForRevoked() throws Exception {
        var given = scene.issue(scene.shop());
        var revocation = given.revocation().orElseThrow();

        scene.service.revoke(revocation);
        assertThat(scene.github.aliveTokens()).isEmpty();
        scene.service.revoke(revocation);
        assertThat(scene.github.requests(GithubEndpoint.REVOKE)).isEqualTo(2);
    }

    @Test
    void aTokenThatHasExpiredIsGone() throws Exception {
        var given = scene.issue(scene.shop());
        scene.clock.advance(Duration.ofMinutes(61));
        scene.service.revoke(given.revocation().orElseThrow());
        assertThat(scene.github.requests(GithubEndpoint.REVOKE)).isOne();
    }

    @ParameterizedTest
    @EnumSource(
            value = GithubTrouble.class,
            names = {
                "DOWN",
                "WEB_PAGE",
                "LOGIN_PAGE",
                "GATEWAY_LOGIN",
                "ERROR",
                "UNAVAILABLE",
                "REDIRECTS",
                "SECONDARY_LIMIT",
                "CUT_OFF"
            })
    void isNotRevokedBeforeGithubSaysSo(GithubTrouble trouble) throws Exception {
        var given = scene.issue(scene.shop());
        scene.github.trouble(GithubEndpoint.REVOKE, trouble);
        assertThatThrownBy(() -> scene.service.revoke(given.revocation().orElseThrow()))
                .isInstanceOf(CredentialUnavailable.class)
                .hasMessageStartingWith("revoke: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"api_url\":\"http://127.0.0.1:1\"}",
                "{\"api_url\":\"not a url\",\"token\":\"ghs_canary0123456789\"}",
                "{\"api_url\":\"http://127.0.0.1:1\",\"token\":\"ghs_canary\\r\\n0123456789\"}"
            })
    void whatIsNoRevocationIsSaidWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> scene.service.revoke(text))
                .isInstanceOf(CredentialUnavailable.class)
                .hasMessageNotContaining("canary");
    }

    @Test
    void usesOneProofForSeveralMinutesAndThenTheKeyAgain() throws Exception {
        scene.issue(scene.shop());
        scene.clock.advance(Duration.ofMinutes(5));
        scene.issue(scene.shop());
        assertThat(scene.keysRead).hasValue(1);
        assertThat(scene.github.requests(GithubEndpoint.INSTALLATIONS)).isOne();

        scene.clock.advance(Duration.ofMinutes(6));
        scene.issue(scene.shop());
        assertThat(scene.keysRead).hasValue(2);
        assertThat(scene.github.requests(GithubEndpoint.INSTALLATIONS)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {-59, 59})
    void aProofIsTakenFromAClockThatIsAlmostAMinuteOff(int seconds) throws Exception {
        scene.clock.advance(Duration.ofSeconds(seconds));
        var order = scene.order();
        scene.clock.advance(Duration.ofSeconds(-seconds));
        assertThat(scene.service.issue(scene.shop(), order)).isNotNull();
    }

    @Test
    void withoutAKeyItSaysWhoHasToImportOne() {
        scene.key = Optional.empty();
        var refused = refused(scene.shop());
        assertThat(refused).hasMessageContaining("taskbound keys import-github-app");
        assertThat(refused.detail()).isEqualTo("app " + scene.app.id() + ": no key");
        assertThat(scene.github.requests(GithubEndpoint.INSTALLATIONS)).isZero();
    }

    @Test
    void whileTheKeyCannotBeUsedItIsUnavailable() {
        AppSigner broken = input -> {
            throw new SignerUnavailable("KMS did not sign");
        };
        scene.key = Optional.of(broken);
        var unavailable = unavailable(scene.shop());
        assertThat(unavailable).hasMessageContaining("KMS did not sign");
        assertThat(unavailable.mayHaveBeenDone()).isFalse();
    }

    @Test
    void aKeyOfAnotherAppIsRefusedAndALaterImportCountsAtOnce() throws Exception {
        scene.key = GithubScene.signer(scene.github.app("acme", GithubScene.PERMISSIONS));
        var refused = refused(scene.shop());
        assertThat(refused).hasMessageContaining("does not accept the App's key");
        assertThat(refused.detail()).isEqualTo("installations: 401");

        scene.key = GithubScene.signer(scene.app);
        assertThat(scene.issue(scene.shop())).isNotNull();
    }

    @Test
    void aKeyThatWasDeletedWhileItsProofWasInUseIsRefusedToo() throws Exception {
        scene.issue(scene.shop());
        var late = scene.order();
        // To GitHub the proof has expired, as one by a deleted key is worth nothing; the installation is known.
        scene.clock.advance(Duration.ofMinutes(20));
        assertThat(catchThrowableOfType(CredentialRefused.class, () -> scene.service.issue(scene.shop(), late))
                        .detail())
                .endsWith("401");
    }

    @Test
    void findsTheInstallationByTheOwnersIdWhereverItIsInTheList() throws Exception {
        for (int i = 0; i < 230; i++) {
            scene.github.organization("org-" + i, 5000 + i);
            scene.github.install(scene.app, "org-" + i);
        }
        scene.github.repository("org-229", "last", 9000);
        scene.issue(scene.access("org-229", "5229", List.of("last"), Map.of("contents", "read")));
        assertThat(scene.github.requests(GithubEndpoint.INSTALLATIONS)).isEqualTo(3);
    }

    @Test
    void asksNothingOfAnOwnerWhoseIdIsAnother() {
        var refused = refused(scene.access("acme", "1002", List.of("shop"), Map.of("contents", "read")));
        assertThat(refused).hasMessageContaining("not installed in acme");
        assertThat(scene.github.requests(GithubEndpoint.ACCESS_TOKENS)).isZero();
    }

    @Test
    void asksNothingOfAnOwnerWhoHasAnotherNameByNow() {
        scene.github.rename("acme", "acme-corp");
        scene.github.organization("acme", 6666);
        var refused = refused(scene.shop());
        assertThat(refused).hasMessageContaining("has another name at GitHub now");
        assertThat(scene.github.requests(GithubEndpoint.ACCESS_TOKENS)).isZero();
    }

    @Test
    void aRenameThatTheCacheHasNotSeenIsSeenInTheAnswer() throws Exception {
        scene.issue(scene.shop());
        scene.github.rename("acme", "acme-corp");
        assertThat(refused(scene.shop()).detail()).contains("other repositories");
        assertThat(scene.github.aliveTokens()).hasSize(1);
    }

    @Test
    void anAppThatWasInstalledAnewIsFoundAgain() throws Exception {
        scene.issue(scene.shop());
        scene.github.uninstall(scene.installation);
        scene.github.install(scene.app, "acme");
        assertThat(scene.issue(scene.shop())).isNotNull();
        assertThat(scene.github.requests(GithubEndpoint.ACCESS_TOKENS)).isEqualTo(3);
    }

    @Test
    void anAppThatWasUninstalledIsRefused() throws Exception {
        scene.issue(scene.shop());
        scene.github.uninstall(scene.installation);
        assertThat(refused(scene.shop())).hasMessageContaining("not installed in acme");
    }

    @Test
    void aSuspendedInstallationIsRefusedAndUsedAgainAfterwards() throws Exception {
        scene.issue(scene.shop());
        scene.github.suspend(scene.installation, true);
        assertThat(refused(scene.shop()).detail()).isEqualTo("access_tokens: 403");
        assertThat(refused(scene.shop()).detail()).isEqualTo("installations: suspended");
        scene.github.suspend(scene.installation, false);
        assertThat(scene.issue(scene.shop())).isNotNull();
    }

    @Test
    void anAppThatGithubDoesNotKnowIsRefused() {
        try (var other = new GithubScene()) {
            var access = new GithubAccess(
                    new GithubApp("99999", Map.of("acme", "1001"), other.github.apiUrl()),
                    "acme",
                    "1001",
                    List.of("shop"),
                    scene.shop().permissions());
            assertThat(refused(access)).hasMessageContaining("app_id and api_url");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "shop, contents, admin, permissions",
        "shop, administration, write, permissions",
        "shop, workflows, write, permissions",
        "nothing, contents, read, repositories"
    })
    void whatTheAppDoesNotHaveIsRefused(String repository, String permission, String level, String which) {
        var refused = refused(scene.access(List.of(repository), Map.of(permission, level)));
        assertThat(refused.detail()).isEqualTo("access_tokens: 422, " + which);
        assertThat(scene.github.aliveTokens()).isEmpty();
    }

    @Test
    void oneRepositoryOutsideTheInstallationSpoilsAll() {
        scene.github.uninstall(scene.installation);
        scene.github.install(scene.app, "acme", Set.of("shop"));
        assertThat(refused(scene.access(List.of("shop", "docs"), Map.of("contents", "read"))))
                .hasMessageContaining("not installed in it");
        assertThat(scene.github.aliveTokens()).isEmpty();
    }

    @Test
    void anEmptyListIsNeverSent() {
        assertThatThrownBy(() -> scene.issue(scene.access(List.of(), Map.of("contents", "read"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> scene.issue(scene.access(List.of("shop"), Map.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(scene.github.requests(GithubEndpoint.ACCESS_TOKENS)).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "MORE_PERMISSIONS, it has other permissions",
        "MORE_REPOSITORIES, it is for other repositories",
        "FOREIGN_OWNER, it is for other repositories",
        "ALL_REPOSITORIES, it is for all repositories",
        "LIVES_LONG, its expiry is not within an hour from now"
    })
    void aTokenThatOpensMoreIsRevokedAtOnceAndRefused(GithubTrouble trouble, String why) {
        scene.github.trouble(GithubEndpoint.ACCESS_TOKENS, trouble);
        var refused = refused(scene.shop());
        assertThat(refused.detail()).isEqualTo("access_tokens: 201, but " + why);
        assertThat(scene.github.aliveTokens()).isEmpty();
        assertThat(scene.github.requests(GithubEndpoint.REVOKE)).isOne();
    }

    @Test
    void aTokenThatOpensMoreAndCannotBeRevokedMayBeAlive() {
        scene.github.trouble(GithubEndpoint.ACCESS_TOKENS, GithubTrouble.MORE_PERMISSIONS);
        scene.github.trouble(GithubEndpoint.REVOKE, GithubTrouble.ERROR);
        var unavailable = unavailable(scene.shop());
        assertThat(unavailable.mayHaveBeenDone()).isTrue();
        assertThat(unavailable).hasMessage("access_tokens: 201, but it has other permissions; then revoke: 500");
    }

    @ParameterizedTest
    @EnumSource(
            value = GithubTrouble.class,
            names = {
                "CUT_OFF",
                "DOWN",
                "WEB_PAGE",
                "ERROR",
                "UNAVAILABLE",
                "BROKEN_JSON",
                "HUGE",
                "WRONG_TYPES",
                "LINE_BREAK_IN_TOKEN"
            })
    void whereNoUsableAnswerCameATokenMayBeAlive(GithubTrouble trouble) {
        scene.github.trouble(GithubEndpoint.ACCESS_TOKENS, trouble);
        assertThat(unavailable(scene.shop()).mayHaveBeenDone()).isTrue();
        // Sent once, whatever the JDK's connection would do by itself.
        assertThat(scene.github.requests(GithubEndpoint.ACCESS_TOKENS)).isOne();
    }

    @Test
    void aRedirectIsNotFollowed() {
        scene.github.trouble(GithubEndpoint.ACCESS_TOKENS, GithubTrouble.REDIRECTS);
        var unavailable = unavailable(scene.shop());
        assertThat(unavailable).hasMessage("access_tokens: 302");
        assertThat(unavailable.mayHaveBeenDone()).isFalse();
        assertThat(scene.github.requests(GithubEndpoint.OTHER)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"SECONDARY_LIMIT, 37", "SECONDARY_LIMIT_WITHOUT_TIME, 60", "TOO_MANY, 60", "USED_UP, 90"})
    void aRateLimitSaysWhenToComeAgain(GithubTrouble trouble, int seconds) {
        for (var where : List.of(GithubEndpoint.INSTALLATIONS, GithubEndpoint.ACCESS_TOKENS)) {
            scene.github.trouble(where, trouble);
            var unavailable = unavailable(scene.shop());
            assertThat(unavailable.retryAfter()).contains(Duration.ofSeconds(seconds));
            assertThat(unavailable.mayHaveBeenDone()).isFalse();
            scene.github.trouble(where, GithubTrouble.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GithubTrouble.class,
            names = {
                "CUT_OFF",
                "DOWN",
                "WEB_PAGE",
                "LOGIN_PAGE",
                "ERROR",
                "UNAVAILABLE",
                "REDIRECTS",
                "BROKEN_JSON",
                "HUGE",
                "WRONG_TYPES"
            })
    void withoutTheListOfInstallationsNothingIsMade(GithubTrouble trouble) {
        scene.github.trouble(GithubEndpoint.INSTALLATIONS, trouble);
        var unavailable = unavailable(scene.shop());
        assertThat(unavailable).hasMessageStartingWith("installations: ");
        assertThat(unavailable.mayHaveBeenDone()).isFalse();
        assertThat(scene.github.requests(GithubEndpoint.ACCESS_TOKENS)).isZero();
    }

    @Test
    void endsWithinTenSecondsWhenGithubHangs() {
        scene.github.trouble(GithubEndpoint.ACCESS_TOKENS, GithubTrouble.HANGS);
        long start = System.nanoTime();
        var unavailable = unavailable(scene.shop());
        assertThat(unavailable).hasMessage("access_tokens: no whole answer in time");
        assertThat(unavailable.mayHaveBeenDone()).isTrue();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aHostThatIsNotThereWasAskedNothing() throws Exception {
        var access = scene.shop();
        scene.issue(access);
        scene.github.close();
        var unavailable = unavailable(access);
        assertThat(unavailable).hasMessageStartingWith("access_tokens: no connection");
        assertThat(unavailable.mayHaveBeenDone()).isFalse();
    }

    @Test
    void loopbackIsForServeOnly() {
        var deployed = new GithubService(appId -> scene.key, new OutboundHttp(FetchPolicy.PUBLIC));
        assertThatThrownBy(() -> deployed.issue(scene.shop(), scene.order()))
                .isInstanceOf(CredentialUnavailable.class)
                .hasMessage("installations: only https is spoken (plain http on loopback for serve)");
        assertThat(scene.github.requests(GithubEndpoint.INSTALLATIONS)).isZero();
    }

    @Test
    void noTokenProofOrKeyIsInAnyFailuresText() throws Exception {
        var texts = new ArrayList<String>();
        texts.add(scene.issue(scene.shop()).toString());
        var secrets = new ArrayList<>(scene.github.aliveTokens());
        for (var trouble : GithubTrouble.values()) {
            if (trouble == GithubTrouble.HANGS) {
                continue;
            }
            for (var where : List.of(GithubEndpoint.ACCESS_TOKENS, GithubEndpoint.REVOKE)) {
                scene.github.trouble(GithubEndpoint.REVOKE, trouble);
                scene.github.trouble(where, trouble);
                var thrown = catchThrowable(() -> scene.service.revoke(
                        scene.issue(scene.shop()).revocation().orElseThrow()));
                scene.github.trouble(where, GithubTrouble.NONE);
                secrets.addAll(scene.github.aliveTokens());
                Optional.ofNullable(thrown).ifPresent(failure -> {
                    texts.add(failure.toString() + failure.getCause() + Arrays.toString(failure.getSuppressed()));
                    if (failure instanceof CredentialRefused refused) {
                        texts.add(refused.detail());
                    }
                });
            }
        }
        assertThat(texts).hasSizeGreaterThan(20);
        assertThat(secrets).hasSizeGreaterThan(5);
        assertThat(texts).allSatisfy(text -> {
            assertThat(text).doesNotContain("ghs_", "eyJ", "PRIVATE");
            secrets.forEach(secret -> assertThat(text).doesNotContain(secret.substring(4)));
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import static io.taskbound.identity.Scene.NOW;
import static io.taskbound.identity.Scene.rejection;
import static io.taskbound.identity.Scene.verified;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskbound.json.JsonText;
import io.taskbound.local.ClaimSet;
import io.taskbound.local.Dialect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Audience, times and what every ID token must have (threat model R13, R28, R29). The signature is good in all of
 * these.
 */
class ClaimRulesTest {
    private static final long T = NOW.getEpochSecond();

    private static Scene scene;
    private static Scene jenkins;

    @BeforeAll
    static void start() {
        scene = Scene.github();
        jenkins = Scene.pinned("jenkins", Dialect.JENKINS, "RS256");
    }

    @AfterAll
    static void stop() {
        scene.close();
        jenkins.close();
    }

    private static Verification at(Instant now, ClaimSet claims, Purpose use) {
        return scene.verifier.verify(IdToken.of(scene.signer.idToken(claims)), use, now);
    }

    private static Verification at(Instant now, ClaimSet claims) {
        return at(now, claims, new Purpose.Exchange(Optional.empty()));
    }

    private static Verification raw(String member) {
        var claims = JsonText.of(
                Proven.json(scene.claims().without("iat").without("exp").without("nbf")));
        return scene.verify(scene.signer.sign(
                scene.header(), claims.replaceFirst("\\{", "{" + member + ",").getBytes(UTF_8)));
    }

    @Test
    void acceptsOneAudienceAsTextOrAsListOfOneWithOrWithoutOneSlash() {
        verified(scene.verify(scene.claims().with("aud", Scene.AUDIENCE)));
        verified(scene.verify(scene.claims().with("aud", Scene.AUDIENCE + "/")));
        verified(scene.verify(scene.claims().with("aud", List.of(Scene.AUDIENCE))));
    }

    @Test
    void refusesAnyOtherAudience() {
        for (Object aud : List.of(
                "",
                "https://tokens.acme.example//",
                "https://TOKENS.acme.example",
                "https://tokens.acme.example.evil.example",
                "https://other.example",
                List.of(),
                List.of(Scene.AUDIENCE, Scene.AUDIENCE),
                List.of(Scene.AUDIENCE, "https://other.example"),
                List.of(List.of(Scene.AUDIENCE)),
                Map.of("aud", Scene.AUDIENCE),
                5,
                true)) {
            assertThat(rejection(scene.verify(scene.claims().with("aud", aud)))).isEqualTo(Rejection.WRONG_AUDIENCE);
        }
        assertThat(rejection(scene.verify(scene.claims().without("aud")))).isEqualTo(Rejection.WRONG_AUDIENCE);
    }

    /** The policy's owner sees which of the two to change. */
    @Test
    void namesBothAudiencesForThePolicysOwner() {
        assertThat(detail("http://tokens.acme.example"))
                .isEqualTo("the ID token is for http://tokens.acme.example, and the policy's audience is "
                        + Scene.AUDIENCE + "; they differ by: http and https");
        assertThat(detail("https://127.0.0.1:8787"))
                .isEqualTo(
                        "the ID token is for https://127.0.0.1:8787, and the policy's audience is " + Scene.AUDIENCE);
        assertThat(detail("x\n{\"a\":1}")).contains("(not a plain URL)").doesNotContain("\n");
    }

    private static String detail(String audience) {
        return ((Verification.Rejected) scene.verify(scene.claims().with("aud", audience)))
                .detail()
                .orElseThrow();
    }

    @Test
    void letsOnlyTheJenkinsProfileCarryTheTaskInTheAudience() {
        var suffixed = Scene.AUDIENCE + "#" + Scene.TXN;
        var build = jenkins.signer.jenkins("shop/main", 1);

        verified(jenkins.verify(build.forAudience(suffixed)));
        verified(jenkins.verify(build.forAudience(Scene.AUDIENCE + "/#" + Scene.TXN)));
        verified(jenkins.verify(build.forAudience(Scene.AUDIENCE)));
        assertThat(rejection(scene.verify(scene.claims().forAudience(suffixed))))
                .isEqualTo(Rejection.WRONG_AUDIENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#6f1c2a4e-0b7d-4e0e-9a55-2f2d6b1c7e11",
                "#6F1C2A4E-0B7D-4E0E-9A55-2F2D6B1C7E10",
                "#",
                "##6f1c2a4e-0b7d-4e0e-9a55-2f2d6b1c7e10",
                "#x#6f1c2a4e-0b7d-4e0e-9a55-2f2d6b1c7e10",
                "#6f1c2a4e-0b7d-4e0e-9a55-2f2d6b1c7e10/"
            })
    void refusesAJenkinsAudienceForAnotherTask(String suffix) {
        var build = jenkins.signer.jenkins("shop/main", 1).forAudience(Scene.AUDIENCE + suffix);

        assertThat(rejection(jenkins.verify(build))).isEqualTo(Rejection.WRONG_AUDIENCE);
    }

    @Test
    void refusesAJenkinsAudienceForATaskWhenTheRequestNamesNone() {
        var token = jenkins.signer.idToken(
                jenkins.signer.jenkins("shop/main", 1).forAudience(Scene.AUDIENCE + "#" + Scene.TXN));

        assertThat(rejection(jenkins.verifier.verify(IdToken.of(token), new Purpose.Exchange(Optional.empty()), NOW)))
                .isEqualTo(Rejection.WRONG_AUDIENCE);
    }

    @Test
    void letsAJenkinsTokenOfAnyTaskCloseButNoOtherText() {
        var build = jenkins.signer.jenkins("shop/main", 1);
        var ofTask =
                jenkins.signer.idToken(build.forAudience(Scene.AUDIENCE + "#0f0e0d0c-1111-4222-8333-444455556666"));
        var ofText = jenkins.signer.idToken(build.forAudience(Scene.AUDIENCE + "#anything"));

        verified(jenkins.verifier.verify(IdToken.of(ofTask), new Purpose.Closing(), NOW));
        assertThat(rejection(jenkins.verifier.verify(IdToken.of(ofText), new Purpose.Closing(), NOW)))
                .isEqualTo(Rejection.WRONG_AUDIENCE);
    }

    @Test
    void refusesATokenThatExpires30SecondsAgoAndTakesItJustBefore() {
        var claims = scene.claims().with("iat", T - 200).with("nbf", T - 200).with("exp", T - 30);

        assertThat(rejection(at(NOW, claims))).isEqualTo(Rejection.EXPIRED);
        verified(at(NOW.minusNanos(1), claims));
    }

    @Test
    void takesATokenFrom30SecondsAheadAndNotOneSecondMore() {
        verified(at(NOW, scene.claims().with("iat", T + 30).with("nbf", T + 30)));
        assertThat(rejection(at(NOW, scene.claims().with("nbf", T + 31)))).isEqualTo(Rejection.NOT_YET_VALID);
        assertThat(rejection(at(NOW, scene.claims().without("nbf").with("iat", T + 31))))
                .isEqualTo(Rejection.NOT_YET_VALID);
        assertThat(rejection(at(NOW.minusNanos(1), scene.claims().with("iat", T + 30))))
                .isEqualTo(Rejection.NOT_YET_VALID);
    }

    /** A provider whose clock is off gets its own leeway, and the age limit stays what it is. */
    @ParameterizedTest
    @ValueSource(longs = {1, 30, 120, 300})
    void takesATokenAsFarFromOurClockAsTheProvidersLeewaySays(long leeway) {
        var base = Scene.provider("github", "https://ci.example", new KeySource.Discovery(), "RS256");
        var provider = new Provider(
                base.name(),
                base.profile(),
                base.issuer(),
                base.audience(),
                base.algorithms(),
                base.maxAge(),
                Duration.ofSeconds(leeway),
                base.keys());

        assertThat(times(provider, T + leeway, T + leeway, T + 600)).isEmpty();
        assertThat(times(provider, T + leeway + 1, T, T + 600)).contains(Rejection.NOT_YET_VALID);
        assertThat(times(provider, T, T + leeway + 1, T + 600)).contains(Rejection.NOT_YET_VALID);
        assertThat(times(provider, T - 400, T - 400, T - leeway)).contains(Rejection.EXPIRED);
        assertThat(times(provider, T - 300, T - 300, T - leeway + 1)).isEmpty();
        assertThat(times(provider, T - 301, T - 301, T + 600)).contains(Rejection.TOO_OLD);
    }

    private static Optional<Rejection> times(Provider provider, long issued, long notBefore, long expires) {
        var claims = Proven.json("{\"iat\": " + issued + ", \"nbf\": " + notBefore + ", \"exp\": " + expires + "}");
        return ProofTimes.read(claims)
                .orElseThrow()
                .rejection(
                        new Purpose.Exchange(Optional.empty()),
                        provider.maxAge(),
                        provider.leeway(),
                        Instant.ofEpochSecond(T))
                .map(Verification.Rejected::reason);
    }

    @Test
    void refusesALeewayOfMoreThanFiveMinutes() {
        var base = Scene.provider("github", "https://ci.example", new KeySource.Discovery(), "RS256");
        assertThatThrownBy(() -> new Provider(
                        base.name(),
                        base.profile(),
                        base.issuer(),
                        base.audience(),
                        base.algorithms(),
                        base.maxAge(),
                        Duration.ofSeconds(301),
                        base.keys()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void takesATokenOfExactlyTheMaximumAgeAndNoneOlder() {
        var claims = scene.claims().with("exp", T + 3600);

        verified(at(NOW.plusSeconds(300), claims));
        assertThat(rejection(at(NOW.plusSeconds(300).plusNanos(1), claims))).isEqualTo(Rejection.TOO_OLD);
    }

    @Test
    void asksNoAgeOfATokenThatOnlyCloses() {
        var claims = scene.claims().with("exp", T + 3600);

        verified(at(NOW.plusSeconds(3600), claims, new Purpose.Closing()));
        assertThat(rejection(at(NOW.plusSeconds(3630), claims, new Purpose.Closing())))
                .isEqualTo(Rejection.EXPIRED);
    }

    @Test
    void capsTheLifeOfATokenAtADay() {
        verified(at(NOW, scene.claims().with("exp", T + 86_400)));
        assertThat(rejection(at(NOW, scene.claims().with("exp", T + 86_401)))).isEqualTo(Rejection.LIFE_TOO_LONG);
        assertThat(rejection(at(NOW, scene.claims().with("exp", T + 86_401), new Purpose.Closing())))
                .isEqualTo(Rejection.LIFE_TOO_LONG);
    }

    @Test
    void doesWithoutNbf() {
        verified(scene.verify(scene.claims().without("nbf")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat"})
    void refusesATokenWithoutExpOrIat(String name) {
        assertThat(rejection(scene.verify(scene.claims().without(name)))).isEqualTo(Rejection.BAD_CLAIMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "nbf"})
    void refusesTimesThatAreNoNumbers(String name) {
        for (Object value : List.of("1795430095", true, List.of(T), Map.of())) {
            assertThat(rejection(scene.verify(scene.claims().with(name, value))))
                    .isEqualTo(Rejection.BAD_CLAIMS);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"iat\":NOW,\"exp\":1e30",
                "\"iat\":NOW,\"exp\":9223372036854775807",
                "\"iat\":NOW,\"exp\":9223372036854775808",
                "\"iat\":NOW,\"exp\":18446744075504981711",
                "\"iat\":NOW,\"exp\":253402300800",
                "\"iat\":-1e30,\"exp\":LATER",
                "\"iat\":-1,\"exp\":LATER",
                "\"iat\":NOW,\"exp\":null",
                "\"iat\":NOW,\"exp\":LATER,\"nbf\":null",
                "\"iat\":NOW,\"exp\":LATER,\"nbf\":1e64",
                "\"iat\":LATER,\"exp\":NOW",
                "\"iat\":NOW,\"exp\":NOW"
            })
    void refusesTimesThatAreNoTimes(String members) {
        assertThat(rejection(raw(members.replace("NOW", "" + T).replace("LATER", "" + (T + 300)))))
                .isEqualTo(Rejection.BAD_CLAIMS);
    }

    @Test
    void readsFractionsAndExponents() {
        var identity = verified(raw("\"iat\":" + (T - 1) + ".5,\"exp\":" + (T + 100) + "0e-1"));

        assertThat(identity.issuedAt()).isEqualTo(NOW.minusMillis(500));
        assertThat(identity.expiresAt()).isEqualTo(NOW.plusSeconds(100));
    }

    @Test
    void refusesATokenThatNamesNobody() {
        for (Object sub : List.of("", 5, List.of("x"), "x".repeat(2049))) {
            assertThat(rejection(scene.verify(scene.claims().with("sub", sub)))).isEqualTo(Rejection.BAD_CLAIMS);
        }
        verified(scene.verify(scene.claims().with("sub", "x".repeat(2048))));
    }

    @Test
    void refusesGitLabJobsThatRunInAnotherProjectThanTheirCode() {
        try (var gitlab = Scene.pinned("gitlab", Dialect.GITLAB, "RS256")) {
            var claims = gitlab.signer.gitlab("acme/shop", "main").forAudience(Scene.AUDIENCE);
            var project = claims.asMap().get("project_id");

            verified(gitlab.verify(claims));
            verified(gitlab.verify(claims.with("job_project_id", project)));
            for (Object other : List.of("999999", 999_999, "", List.of(project))) {
                assertThat(rejection(gitlab.verify(claims.with("job_project_id", other))))
                        .isEqualTo(Rejection.REFUSED_BY_PROFILE);
            }
            assertThat(rejection(
                            gitlab.verify(claims.with("job_project_id", project).without("project_id"))))
                    .isEqualTo(Rejection.REFUSED_BY_PROFILE);
        }
    }

    @Test
    void refusesCircleCiJobsRerunWithSsh() {
        try (var circle = Scene.pinned("circleci", Dialect.CIRCLECI, "RS256")) {
            var claims = circle.signer
                    .circleci("8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03")
                    .forAudience(Scene.AUDIENCE);

            verified(circle.verify(claims));
            verified(circle.verify(claims.without("oidc.circleci.com/ssh-rerun")));
            assertThat(rejection(circle.verify(claims.with("oidc.circleci.com/ssh-rerun", true))))
                    .isEqualTo(Rejection.REFUSED_BY_PROFILE);
            assertThat(rejection(circle.verify(claims.with("oidc.circleci.com/ssh-rerun", "true"))))
                    .isEqualTo(Rejection.REFUSED_BY_PROFILE);
        }
    }
}

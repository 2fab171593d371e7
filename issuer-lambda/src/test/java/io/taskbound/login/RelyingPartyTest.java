// SPDX-License-Identifier: Apache-2.0
package io.taskbound.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.taskbound.identity.FetchPolicy;
import io.taskbound.identity.HttpKeyFetcher;
import io.taskbound.identity.IdToken;
import io.taskbound.identity.IdentityVerifier;
import io.taskbound.identity.KeySource;
import io.taskbound.identity.Login;
import io.taskbound.identity.Profiles;
import io.taskbound.identity.Provider;
import io.taskbound.identity.Purpose;
import io.taskbound.identity.Verification;
import io.taskbound.local.people.Person;
import io.taskbound.local.people.StandInPeople;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.task.ProviderName;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A login from its beginning to its ID token, over HTTP, and what must not end in one. */
class RelyingPartyTest {
    private static final String CALLBACK = "http://127.0.0.1:8787/approve/callback";
    private static final Person OCTAVIA = Person.of("u-2", "octavia", "release-managers");
    private static final StandInPeople PEOPLE = people();
    private static final StandInPeople OTHERS = people();

    private final Instant now = Instant.now();
    private final Provider staff = provider("staff", PEOPLE);
    private final Provider partner = provider("partner", OTHERS);
    private final IdentityVerifier verifier =
            new IdentityVerifier(List.of(staff, partner), new HttpKeyFetcher(FetchPolicy.WITH_LOOPBACK));
    private final RelyingParty party = new RelyingParty(CALLBACK, new OutboundHttp(FetchPolicy.WITH_LOOPBACK));

    private static StandInPeople people() {
        return StandInPeople.start(List.of(Person.of("u-1", "oscar", "staff"), OCTAVIA), Clock.systemUTC())
                .register(CALLBACK);
    }

    @AfterAll
    static void stop() {
        PEOPLE.close();
        OTHERS.close();
    }

    private static Provider provider(String name, StandInPeople at) {
        return provider(name, at.issuer(), StandInPeople.CLIENT_ID);
    }

    private static Provider provider(String name, String issuer, String client) {
        return new Provider(
                new ProviderName(name),
                Profiles.named("generic").orElseThrow(),
                issuer,
                client,
                new TreeSet<>(List.of("RS256")),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30),
                new KeySource.Discovery(),
                Optional.of(new Login(Login.DEFAULT_SCOPES)));
    }

    private static LoginAttempt attempt() {
        return LoginAttempt.begin(new ProviderName("staff"), "target");
    }

    private URI back(LoginAttempt attempt) throws Exception {
        return Browser.back(party.authorization(staff, attempt, false, now), "u-2");
    }

    private String end(LoginAttempt attempt, LoginAnswer answer) throws LoginFailed {
        return party.idToken(staff, attempt, answer, verifier, now);
    }

    private void assertFails(LoginFailed.Kind kind, String detail, LoginAttempt attempt, LoginAnswer answer) {
        assertThatExceptionOfType(LoginFailed.class)
                .isThrownBy(() -> end(attempt, answer))
                .satisfies(failed -> {
                    assertThat(failed.kind()).isEqualTo(kind);
                    assertThat(failed.detail()).contains(detail);
                });
    }

    @Test
    void endsWithTheIdTokenOfThePerson() throws Exception {
        var attempt = attempt();
        var text = end(attempt, Browser.answer(back(attempt)));

        var verified = (Verification.Verified)
                verifier.verify(IdToken.of(text), new Purpose.Exchange(Optional.empty()), Instant.now());
        assertThat(verified.identity().caller().subject()).isEqualTo("u-2");
        assertThat(verified.identity().caller().provider()).isEqualTo(staff.name());
    }

    @Test
    void asksWithStateNonceAndPkce() throws Exception {
        var attempt = attempt();

        var asked = Browser.parameters(party.authorization(staff, attempt, false, now));

        assertThat(asked)
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "taskbound")
                .containsEntry("redirect_uri", CALLBACK)
                .containsEntry("scope", "openid profile")
                .containsEntry("state", attempt.state())
                .containsEntry("nonce", attempt.nonce())
                .containsEntry("code_challenge", attempt.challenge())
                .containsEntry("code_challenge_method", "S256")
                .doesNotContainKey("prompt");
        assertThat(asked.values()).doesNotContain(attempt.verifier());
        assertThat(Browser.parameters(party.authorization(staff, attempt, true, now)))
                .containsEntry("prompt", "login");
    }

    @Test
    void everyAttemptHasValuesOfItsOwnAndSurvivesItsCookie() {
        var one = attempt();
        var other = attempt();
        assertThat(List.of(one.state(), one.nonce(), one.verifier(), other.state(), other.nonce(), other.verifier()))
                .doesNotHaveDuplicates()
                .allMatch(text -> text.length() == 43);
        var read = LoginAttempt.parse(one.text()).orElseThrow();
        assertThat(read.text()).isEqualTo(one.text());
        assertThat(read.isState(one.state())).isTrue();
        assertThat(one.toString()).doesNotContain(one.verifier());
        for (var bad :
                List.of("", "1", "2" + one.text().substring(1), one.text().replace("staff", "ST"), "1.a.b.c.staff.x")) {
            assertThat(LoginAttempt.parse(bad)).as(bad).isEmpty();
        }
    }

    @Test
    void theStateOfAnotherBrowserIsRefused() throws Exception {
        var ours = attempt();
        var theirs = Browser.answer(back(attempt()));

        assertFails(LoginFailed.Kind.NOT_THIS_LOGIN, "state", ours, theirs);
        assertFails(
                LoginFailed.Kind.NOT_THIS_LOGIN,
                "state",
                ours,
                new LoginAnswer(theirs.code(), Optional.empty(), theirs.issuer(), Optional.empty()));
    }

    /** The code of another browser does not fit this one's verifier, though the state is forged to fit (PKCE). */
    @Test
    void theCodeOfAnotherBrowserIsRefused() throws Exception {
        var ours = attempt();
        var theirs = Browser.answer(back(attempt()));

        assertFails(
                LoginFailed.Kind.REFUSED,
                "answered 400 invalid_grant",
                ours,
                new LoginAnswer(theirs.code(), Optional.of(ours.state()), theirs.issuer(), Optional.empty()));
    }

    @Test
    void aCodeThatWasUsedIsRefused() throws Exception {
        var attempt = attempt();
        var answer = Browser.answer(back(attempt));
        end(attempt, answer);

        assertFails(LoginFailed.Kind.REFUSED, "invalid_grant", attempt, answer);
    }

    /** Mix-up (RFC 9700 section 4.4): the answer of another provider, or of one that hides which it is. */
    @Test
    void theAnswerOfAnotherProviderIsRefused() throws Exception {
        var attempt = attempt();
        var answer = Browser.answer(back(attempt));

        assertFails(
                LoginFailed.Kind.OTHER_PROVIDER,
                "iss is not the issuer of provider staff",
                attempt,
                new LoginAnswer(answer.code(), answer.state(), Optional.of(OTHERS.issuer()), Optional.empty()));
        assertFails(
                LoginFailed.Kind.OTHER_PROVIDER,
                "iss is missing",
                attempt,
                new LoginAnswer(answer.code(), answer.state(), Optional.empty(), Optional.empty()));
        assertThat(end(attempt, answer)).isNotEmpty();
    }

    @Test
    void anErrorOfTheProviderIsRepeatedOnlyAsACode() {
        var attempt = attempt();
        assertFails(LoginFailed.Kind.REFUSED, "access_denied", attempt, error(attempt, "access_denied"));
        assertFails(
                LoginFailed.Kind.REFUSED, "an error without a code", attempt, error(attempt, "<script>\nx</script>"));
        assertFails(
                LoginFailed.Kind.NOT_THIS_LOGIN,
                "no code",
                attempt,
                new LoginAnswer(
                        Optional.empty(),
                        Optional.of(attempt.state()),
                        Optional.of(PEOPLE.issuer()),
                        Optional.empty()));
    }

    private static LoginAnswer error(LoginAttempt attempt, String error) {
        return new LoginAnswer(
                Optional.empty(), Optional.of(attempt.state()), Optional.of(PEOPLE.issuer()), Optional.of(error));
    }

    /** What a provider signs for another login, another client or another provider of ours is not this login's. */
    @Test
    void anIdTokenThatWasNotMadeForThisLoginIsRefused() throws Exception {
        var attempt = attempt();
        for (var claim : List.of(
                Map.entry("nonce", (Object) "another"),
                Map.entry("azp", (Object) "another-client"),
                Map.entry("aud", (Object) "another-client"),
                Map.entry("aud", (Object) List.of("taskbound", "another-client")),
                Map.entry("exp", (Object) (now.getEpochSecond() - 60)),
                Map.entry("iss", (Object) "https://attacker.example"))) {
            try (var twisted = new TwistedPeople(claims -> claims.put(claim.getKey(), claim.getValue()))) {
                var provider = provider("staff", twisted.issuer(), StandInPeople.CLIENT_ID);
                var answer = new LoginAnswer(
                        Optional.of("any"), Optional.of(attempt.state()), Optional.empty(), Optional.empty());
                assertThatExceptionOfType(LoginFailed.class)
                        .as(claim.toString())
                        .isThrownBy(() -> new RelyingParty(CALLBACK, new OutboundHttp(FetchPolicy.WITH_LOOPBACK))
                                .idToken(
                                        provider,
                                        attempt,
                                        answer,
                                        verifier.forProviders(List.of(provider, partner)),
                                        Instant.now()))
                        .satisfies(failed -> assertThat(failed.kind()).isEqualTo(LoginFailed.Kind.BAD_ID_TOKEN));
            }
        }
    }

    @Test
    void whatIsTwistedInNothingIsTaken() throws Exception {
        var attempt = attempt();
        try (var straight = new TwistedPeople(claims -> claims.put("nonce", attempt.nonce()))) {
            var provider = provider("staff", straight.issuer(), StandInPeople.CLIENT_ID);
            var answer = new LoginAnswer(
                    Optional.of("any"), Optional.of(attempt.state()), Optional.empty(), Optional.empty());
            assertThat(party.idToken(
                            provider, attempt, answer, verifier.forProviders(List.of(provider)), Instant.now()))
                    .isNotEmpty();
        }
    }

    @Test
    void endpointsOnAnotherHostAreNotUsed() throws Exception {
        for (var name : List.of("authorization_endpoint", "token_endpoint", "issuer")) {
            try (var twisted = new TwistedPeople(claims -> {}, Map.of(name, "https://attacker.example/x"))) {
                assertOutOfReach(provider("staff", twisted.issuer(), "taskbound"), "discovery document");
            }
        }
    }

    @Test
    void aProviderIsNotAskedAgainEachTimeThatSomebodyOpensALogin() throws Exception {
        try (var faulty = new TwistedPeople(claims -> {}, Map.of("issuer", "https://attacker.example"))) {
            var provider = provider("staff", faulty.issuer(), "taskbound");
            for (int i = 0; i < 3; i++) {
                assertOutOfReach(provider, "another issuer");
            }
            assertThat(faulty.discovered()).isOne();

            assertThatExceptionOfType(LoginFailed.class)
                    .isThrownBy(() -> party.authorization(provider, attempt(), false, now.plusSeconds(10)));
            assertThat(faulty.discovered()).isEqualTo(2);
        }
        try (var good = new TwistedPeople(claims -> {})) {
            var provider = provider("staff", good.issuer(), "taskbound");
            for (int i = 0; i < 3; i++) {
                party.authorization(provider, attempt(), false, now);
            }
            assertThat(good.discovered()).isOne();
        }
    }

    @Test
    void aProviderThatIsGoneIsSaidToBeOutOfReach() {
        var gone = people();
        gone.close();
        assertOutOfReach(provider("staff", gone), "no connection");
    }

    /** Plain http is for loopback alone, and only where the issuer is on loopback itself. */
    @Test
    void anIssuerOnAwsDoesNotReachLoopback() {
        assertThatExceptionOfType(LoginFailed.class)
                .isThrownBy(() -> new RelyingParty(CALLBACK, new OutboundHttp(FetchPolicy.PUBLIC))
                        .authorization(staff, attempt(), false, now))
                .satisfies(failed -> assertThat(failed.kind()).isEqualTo(LoginFailed.Kind.OUT_OF_REACH));
    }

    private void assertOutOfReach(Provider provider, String detail) {
        assertThatExceptionOfType(LoginFailed.class)
                .isThrownBy(() -> party.authorization(provider, attempt(), false, now))
                .satisfies(failed -> {
                    assertThat(failed.kind()).isEqualTo(LoginFailed.Kind.OUT_OF_REACH);
                    assertThat(failed.detail()).contains(detail).doesNotContain("attacker");
                });
    }
}

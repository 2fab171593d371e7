// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.ledger.InMemoryLedger;
import io.taskbound.local.people.Person;
import io.taskbound.local.people.StandInPeople;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A person logs in at a stand-in of the company's identity provider and decides; and everything that must not. */
class ApprovalPageTest {
    private static final String CALLBACK = TestIssuer.ISSUER + "/approve/callback";
    private static final String NASTY = "<script>alert(1)</script>\"'&";

    private static final StandInPeople PEOPLE = people();

    private final TestIssuer issuer = issuer(PEOPLE);
    private final Tab tab = new Tab(issuer.edge);

    private static StandInPeople people() {
        return StandInPeople.start(
                        List.of(
                                Person.of("u-1", "oscar", "release-managers").with("github_id", "12"),
                                Person.of("u-2", "octavia", "release-managers").with("github_id", "99"),
                                Person.of("u-3", "eve", "staff").with("github_id", "66"),
                                Person.of("u-4", NASTY, "release-managers").with("github_id", "44"),
                                Person.of("u-5", "long", "release-managers", "g".repeat(3000))
                                        .with("github_id", "55"),
                                Person.of("u-6", "longer", "release-managers", "g".repeat(9000))
                                        .with("github_id", "77")),
                        new SettableClock(Instant.parse("2026-11-23T10:00:00.250Z")))
                .register(CALLBACK);
    }

    private static TestIssuer issuer(StandInPeople people) {
        return TestIssuer.withLogins(new InMemoryLedger(), provider -> policy(people, provider));
    }

    private static String policy(StandInPeople people, String provider) {
        return TestIssuer.policyJson(provider)
                .replace("\"resource_servers\":{", """
                        "approvers":{"release-managers":[{"provider":"staff","person":"sub","known_as":{"github":"github_id"},
                          "claims":{"groups":{"contains":"release-managers"}}}]},
                        "resource_servers":{""")
                .replace(
                        "\"providers\":{",
                        "\"providers\":{\"staff\":{\"profile\":\"generic\",\"issuer\":\"" + people.issuer()
                                + "\",\"audience\":\"taskbound\",\"login\":{}},")
                .replace("\"tasks\":{", """
                        "tasks":{"rotate-key":{"description":"Rotate <b>the</b> key",
                          "permissions":[{"resource_server":"deployer","actions":["rotate"],"identifiers":["key:root"]}],
                          "approval":{"by":["release-managers"],"within":"30m"},"allow":["release"]},""");
    }

    @AfterEach
    void stop() {
        issuer.close();
    }

    @AfterAll
    static void stopPeople() {
        PEOPLE.close();
    }

    /** A request that waits, with a txn of its own. */
    private record Waiting(Map<String, String> form, String approval) {}

    private Waiting ask() {
        return ask(issuer.idToken());
    }

    private Waiting ask(String idToken) {
        var form = TestIssuer.form(
                idToken,
                UUID.randomUUID().toString(),
                "[{\"type\":\"task\",\"task\":\"rotate-key\",\"identifier\":\"key:root\"}]");
        var answer = issuer.token(form);
        assertThat(answer.text("error")).as(answer.toString()).isEqualTo("authorization_pending");
        return new Waiting(form, answer.text("approval_uri"));
    }

    private void assertWaits(Waiting waiting) {
        assertThat(issuer.token(waiting.form()).text("error")).isIn("authorization_pending", "slow_down");
    }

    private Map<String, String> form(Tab.Page review, String decision) {
        var form = new LinkedHashMap<>(review.fields());
        form.put("decision", decision);
        return form;
    }

    private String audit() {
        return String.join("\n", issuer.audit);
    }

    @Test
    void anotherPersonApprovesAndTheStepGoesOn() throws Exception {
        var waiting = ask();

        var first = tab.get(waiting.approval());
        assertThat(first.status()).isEqualTo(200);
        assertThat(first.html()).contains("Log in with staff").doesNotContain("rotate-key");
        var back = tab.begin(waiting.approval(), "u-2");
        assertThat(tab.get(back).html()).contains("0; url=" + waiting.approval());
        var review = tab.get(waiting.approval());
        assertThat(review.html())
                .contains("Approve rotate-key?", "key:root", "acme/shop", "octocat", "30 minutes are left")
                .contains("Needs the approval of one person of release-managers. 0 of 1 given.")
                .contains("Rotate &lt;b&gt;the&lt;/b&gt; key");

        var form = form(review, "approve");
        form.put("comment", "looks\r\n right " + NASTY);
        var recorded = tab.post(waiting.approval(), form);

        assertThat(recorded.status()).as(recorded.html()).isEqualTo(200);
        assertThat(recorded.html())
                .contains(
                        "Recorded: you have approved rotate-key",
                        "continues by itself",
                        "octavia",
                        "looks right &lt;script&gt;")
                .doesNotContain("<script");
        assertThat(tab.cookies).isEmpty();
        assertThat(issuer.token(waiting.form()).accessToken()).isNotEmpty();
    }

    @Test
    void aPersonDeniesAndTheStepEnds() throws Exception {
        var waiting = ask();

        var recorded = tab.post(waiting.approval(), form(tab.logIn(waiting.approval(), "u-2"), "deny"));

        assertThat(recorded.html()).contains("Recorded: you have denied rotate-key. The step ends.");
        assertThat(issuer.token(waiting.form()).text("error")).isEqualTo("access_denied");
    }

    @Test
    void anApprovalCanBeTakenBackAndNotGivenTwice() throws Exception {
        var waiting = ask();
        tab.post(waiting.approval(), form(tab.logIn(waiting.approval(), "u-2"), "approve"));

        var again = tab.logIn(waiting.approval(), "u-2");
        assertThat(again.html())
                .contains("rotate-key: approved", "you can still deny it", "value=\"deny\"")
                .doesNotContain("value=\"approve\"");
        var twice = tab.post(waiting.approval(), form(again, "approve"));
        assertThat(twice.status()).isEqualTo(403);
        assertThat(twice.html()).contains("This request has all the approvals that it needs");
        var denied = tab.post(waiting.approval(), form(again, "deny"));

        assertThat(denied.html()).contains("Recorded: you have denied rotate-key");
        assertThat(issuer.token(waiting.form()).text("error")).isEqualTo("access_denied");
    }

    @Test
    void whoeverStartedTheRunReadsItAndCannotDecide() throws Exception {
        var waiting = ask();

        var review = tab.logIn(waiting.approval(), "u-1");

        assertThat(review.html())
                .contains("You started the run that asks for this, so another approver must decide on it.")
                .doesNotContain("<form");
        assertThat(review.fields()).isEmpty();
        assertWaits(waiting);
    }

    @Test
    void whoeverIsNoApproverLearnsNotEvenWhetherItExists() throws Exception {
        var waiting = ask();
        var nowhere = waiting.approval().substring(0, waiting.approval().length() - 43) + "A".repeat(43);

        var there = tab.logIn(waiting.approval(), "u-3");
        var notThere = tab.get(nowhere);

        assertThat(there.status()).isEqualTo(403);
        assertThat(notThere.status()).isEqualTo(403);
        assertThat(there.html()).contains("no request that this identity may approve".replace("no ", "No "));
        assertThat(withoutIds(notThere)).isEqualTo(withoutIds(there));
    }

    private static String withoutIds(Tab.Page page) {
        return page.html()
                .replaceAll("[A-Za-z0-9_-]{22}\\.[A-Za-z0-9_-]{43}", "ID")
                .replaceAll("Request [A-Z0-9]+", "Request R");
    }

    @Test
    void nothingIsDecidedByGet() throws Exception {
        var waiting = ask();
        var review = tab.logIn(waiting.approval(), "u-2");

        var got = tab.get(waiting.approval() + "?decision=approve&shown="
                + review.fields().get("shown") + "&csrf=" + review.fields().get("csrf"));

        assertThat(got.html()).contains("Approve rotate-key?");
        assertWaits(waiting);
    }

    @ParameterizedTest
    @CsvSource({
        "null, same-origin",
        "https://attacker.example, cross-site",
        "https://attacker.example, same-origin",
        "https://other.acme.example, same-site",
        "https://tokens.acme.example, cross-site",
        "https://tokens.acme.example, none",
        "https://tokens.acme.example.attacker.example, same-origin",
        "https://tokens.acme.example:8443, same-origin",
        "http://tokens.acme.example, same-origin",
        "'', ''"
    })
    void aFormOfAnotherPageDecidesNothing(String origin, String site) throws Exception {
        var waiting = ask();
        var form = form(tab.logIn(waiting.approval(), "u-2"), "approve");

        var refused = tab.post(
                waiting.approval(),
                form,
                origin.isEmpty() ? Map.of() : Map.of("origin", origin, "sec-fetch-site", site));

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.html()).contains("This decision was sent by another web page.");
        assertThat(audit()).contains("\"reason\":\"cross_site\"");
        assertWaits(waiting);
    }

    /** An older browser: it sends Origin and none of the newer headers. */
    @Test
    void originAloneIsEnough() throws Exception {
        var waiting = ask();
        var form = form(tab.logIn(waiting.approval(), "u-2"), "approve");

        assertThat(tab.post(waiting.approval(), form, Map.of("origin", "https://tokens.acme.example"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void theFormOfAnotherApprovalOrLoginDecidesNothing() throws Exception {
        var waiting = ask();
        var other = ask(issuer.idToken("run_id", "7002"));
        var review = tab.logIn(waiting.approval(), "u-2");
        var form = form(review, "approve");

        form.put("csrf", tab.get(other.approval()).fields().get("csrf"));
        assertThat(tab.post(waiting.approval(), form).status()).isEqualTo(403);
        form.remove("csrf");
        assertThat(tab.post(waiting.approval(), form).status()).isEqualTo(400);
        form.put("csrf", review.fields().get("csrf"));
        form.put("shown", "A".repeat(43));
        assertThat(tab.post(waiting.approval(), form).html()).contains("is not the text of this request");
        form.put("shown", review.fields().get("shown"));
        form.put("decision", "perhaps");
        assertThat(tab.post(waiting.approval(), form).status()).isEqualTo(400);
        form.put("decision", "approve");
        var again = new Tab(issuer.edge);
        again.logIn(waiting.approval(), "u-2");
        assertThat(again.post(waiting.approval(), form).status()).isEqualTo(403);
        assertWaits(waiting);
    }

    @Test
    void aDecisionUsesTheLoginUp() throws Exception {
        var waiting = ask();
        var review = tab.logIn(waiting.approval(), "u-2");
        var login = Map.copyOf(tab.cookies);
        tab.post(waiting.approval(), form(review, "deny"));
        var other = ask(issuer.idToken("run_id", "7002"));
        tab.cookies.putAll(login);

        var form = form(tab.get(other.approval()), "approve");
        var refused = tab.post(other.approval(), form);

        assertThat(refused.html()).contains("Your login does not count any more");
        assertThat(tab.cookies).isEmpty();
        assertWaits(other);
    }

    @Test
    void aLoginThatWasNotBegunInThisBrowserIsRefused() throws Exception {
        var waiting = ask();
        var attacker = new Tab(issuer.edge);
        var back = attacker.begin(waiting.approval(), "u-2");

        // Login CSRF: the victim is given the attacker's way back.
        var victim = tab.get(back);
        assertThat(victim.status()).isEqualTo(400);
        assertThat(victim.html()).contains("This is not the answer to a login that was begun in this browser");
        assertThat(tab.cookies).isEmpty();

        // The same in the middle of a login of the victim's own.
        tab.begin(waiting.approval(), "u-2");
        assertThat(tab.get(back).status()).isEqualTo(400);
        assertThat(tab.cookies).isEmpty();
        assertThat(audit()).contains("\"reason\":\"login_refused\"", "the state is not the one of the login cookie");
    }

    @Test
    void aWayBackIsGoneOnce() throws Exception {
        var waiting = ask();
        var back = tab.begin(waiting.approval(), "u-2");
        var begun = Map.copyOf(tab.cookies);
        tab.get(back);

        assertThat(tab.get(back).status()).isEqualTo(400);
        tab.cookies.putAll(begun);
        assertThat(tab.get(back).html()).contains("The identity provider did not log you in.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?state=x", "?code=a&state=x&state=y", "?code=%ff", "?error=access_denied", "?code=a"})
    void aForgedWayBackIsRefused(String query) throws Exception {
        tab.begin(ask().approval(), "u-2");

        var refused = tab.get(CALLBACK + query);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html()).contains("Nothing was decided");
        assertThat(tab.cookies).isEmpty();
    }

    @Test
    void anErrorOfTheProviderIsASentence() throws Exception {
        var waiting = ask();
        var state = URI.create(tab.begin(waiting.approval(), "u-2")).getQuery().replaceAll(".*(state=[^&]*).*", "$1");

        var refused = tab.get(CALLBACK + "?error=" + "%3Cscript%3E" + "&" + state + "&iss=" + PEOPLE.issuer());

        assertThat(refused.html())
                .contains("The identity provider did not log you in")
                .doesNotContain("<script");
    }

    /** Where the person is sent is never taken from a request; the cookie is the browser's own, and still checked. */
    @Test
    void nobodyIsSentElsewhere() throws Exception {
        var waiting = ask();
        var back = tab.begin(waiting.approval(), "u-2");
        tab.cookies.replaceAll((name, value) -> value.replaceAll("staff\\..*", "staff.https://attacker.example"));

        var refused = tab.get(back);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.html()).doesNotContain("attacker");
        assertThat(tab.get(waiting.approval() + "/login/staff").location()).startsWith(PEOPLE.issuer() + "/authorize?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/login/github",
                "/login/nobody",
                "/login/staff%0d%0aSet-Cookie:%20a=b",
                "/login/",
                "/login",
                "/login/staff/x",
                "/x",
                "/"
            })
    void thereAreNoOtherPages(String below) {
        var page = tab.get(ask().approval() + below);

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.headers().values()).noneMatch(value -> value.contains("\n") || value.contains("\r"));
        assertThat(page.cookies()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/approve/x", "/approve/", "/approve/%3Cscript%3E", "/approve/callback/x"})
    void whatIsNoIdIsNoPage(String path) {
        var page = tab.get(TestIssuer.ISSUER + path);

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.html()).contains("Copy the whole link").doesNotContain("script&gt;");
    }

    @Test
    void noPageCanBeFramedKeptOrScripted() throws Exception {
        var waiting = ask();
        var pages = List.of(
                tab.get(waiting.approval()),
                tab.get(waiting.approval() + "/login/staff"),
                tab.get(tab.begin(waiting.approval(), "u-2")),
                tab.get(waiting.approval()),
                tab.get(TestIssuer.ISSUER + "/approve/x"),
                tab.get(CALLBACK),
                tab.post(waiting.approval(), Map.of(), Map.of()));
        for (var page : pages) {
            assertThat(page.headers())
                    .containsEntry("Cache-Control", "no-store")
                    .containsEntry("X-Frame-Options", "DENY")
                    .containsEntry("X-Content-Type-Options", "nosniff")
                    .containsEntry("Referrer-Policy", "same-origin")
                    .containsEntry("Cross-Origin-Opener-Policy", "same-origin");
            assertThat(page.headers().get("Content-Security-Policy"))
                    .startsWith("default-src 'none'; style-src 'sha256-")
                    .endsWith("'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
                    .doesNotContain("unsafe", "script-src");
            assertThat(page.html())
                    .doesNotContain("<script", " style=", "javascript:")
                    .doesNotContainPattern("<[^>]* on[a-z]+=");
        }
    }

    @Test
    void cookiesAreForThisHostAndNoScript() throws Exception {
        var waiting = ask();
        var begun = tab.get(waiting.approval() + "/login/staff").cookies();
        assertThat(begun)
                .singleElement()
                .satisfies(cookie -> assertThat(cookie)
                        .startsWith("__Host-taskbound-login=1.")
                        .endsWith("; Path=/; Max-Age=600; HttpOnly; SameSite=Lax; Secure"));

        var ended = tab.get(tab.begin(waiting.approval(), "u-2")).cookies();

        assertThat(ended).hasSize(3).allMatch(cookie -> cookie.startsWith("__Host-taskbound-"));
        assertThat(ended.get(0))
                .startsWith("__Host-taskbound-id-0=ey")
                .endsWith("; Path=/; Max-Age=900; HttpOnly; SameSite=Strict; Secure");
        assertThat(ended.get(1)).startsWith("__Host-taskbound-id-1=; Path=/; Max-Age=0; HttpOnly");
        assertThat(ended.get(2)).startsWith("__Host-taskbound-login=; Path=/; Max-Age=0; HttpOnly");
    }

    /** Browsers keep no cookie with Secure that came over http; serve on loopback speaks nothing else. */
    @Test
    void onLoopbackCookiesHaveNoSecure() {
        var cookies = new PageCookies("http://127.0.0.1:8787");

        assertThat(cookies.loggedOut())
                .allMatch(cookie -> cookie.startsWith("taskbound-id-") && !cookie.contains("Secure"));
    }

    @Test
    void aLongIdTokenIsKeptInTwoCookiesAndALongerOneIsRefused() throws Exception {
        var waiting = ask();

        var review = tab.logIn(waiting.approval(), "u-5");
        assertThat(tab.cookies)
                .hasSize(2)
                .allSatisfy((name, value) -> assertThat(value).hasSizeLessThan(4000));
        assertThat(review.html()).contains("Approve rotate-key?");

        var other = new Tab(issuer.edge);
        var refused = other.get(other.begin(waiting.approval(), "u-6"));
        assertThat(refused.html()).contains("ID token is too long for a cookie");
        assertThat(other.cookies).isEmpty();
    }

    /** Of two cookies of one name, somebody else has set one. */
    @Test
    void aCookieThatComesTwiceIsNone() throws Exception {
        var waiting = ask();
        tab.logIn(waiting.approval(), "u-2");
        var name = "__Host-taskbound-id-0";
        var value = tab.cookies.get(name);
        tab.cookies.clear();
        tab.cookies.put("a", "b; " + name + "=" + value + "; " + name + "=" + value);

        assertThat(tab.get(waiting.approval()).html()).contains("Log in with staff");
    }

    @Test
    void anIdTokenOfAnotherClientOpensNothing() throws Exception {
        var waiting = ask();
        for (var changed : List.of(
                Map.<String, Object>of("aud", "another-client"),
                Map.<String, Object>of("iss", "https://attacker.example"))) {
            var claims = new LinkedHashMap<>(PEOPLE.claims(PEOPLE.person("u-2"), "n"));
            claims.putAll(changed);
            tab.cookies.put("__Host-taskbound-id-0", PEOPLE.sign(claims));

            var refused = tab.get(waiting.approval());

            assertThat(refused.html())
                    .contains("Your login does not count any more")
                    .doesNotContain("rotate-key");
            assertThat(tab.cookies).isEmpty();
        }
    }

    @Test
    void aLoginEndsWithItsIdToken() throws Exception {
        var waiting = ask();
        var review = tab.logIn(waiting.approval(), "u-2");
        issuer.clock.advance(Duration.ofMinutes(6));

        var refused = tab.post(waiting.approval(), form(review, "approve"));

        assertThat(refused.html()).contains("Your login does not count any more");
        assertThat(tab.cookies).isEmpty();
        assertThat(tab.post(waiting.approval(), form(review, "approve")).html()).contains("Your login is over");
        assertThat(tab.get(waiting.approval()).html()).contains("Log in with staff");
    }

    @Test
    void foreignTextIsShownAsText() throws Exception {
        var claims = issuer.githubClaims();
        claims.put("actor", NASTY);
        claims.put("repository", "acme/" + NASTY);
        var waiting = ask(issuer.provider.idToken(io.taskbound.local.ClaimSet.of(claims)));
        var review = tab.logIn(waiting.approval(), "u-4");
        assertThat(review.html()).contains("&lt;script&gt;").doesNotContain("<script");

        var recorded = tab.post(waiting.approval(), form(review, "approve"));

        assertThat(recorded.html()).contains("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;");
        assertThat(recorded.html()).doesNotContain("<script");
    }

    @Test
    void aLoginIsNoImageAndNoFrame() {
        var login = URI.create(ask().approval() + "/login/staff");
        for (var headers : List.of(
                Map.of("sec-fetch-dest", "iframe", "sec-fetch-mode", "navigate"),
                Map.of("sec-fetch-dest", "image", "sec-fetch-mode", "no-cors"),
                Map.of("sec-fetch-dest", "empty", "sec-fetch-mode", "cors"))) {
            var refused = tab.send("GET", login, headers, "");
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.cookies()).isEmpty();
        }
        assertThat(tab.send("GET", login, Map.of("sec-fetch-dest", "document", "sec-fetch-mode", "navigate"), "")
                        .status())
                .isEqualTo(303);
    }

    @Test
    void aProviderThatIsDownIsASentence() {
        var gone = people();
        var issuerOfGone = issuer(gone);
        var waiting = ask();
        gone.close();

        var refused = new Tab(issuerOfGone.edge).get(waiting.approval() + "/login/staff");
        issuerOfGone.close();

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.html()).contains("gives no usable answer at the moment");
        assertThat(issuerOfGone.lastAudit()).contains("\"reason\":\"login_unavailable\"", "\"result\":\"unavailable\"");
    }

    @Test
    void otherMethodsAreRefused() throws IOException {
        var approval = ask().approval();
        var put = tab.send("PUT", URI.create(approval), Map.of(), "");
        assertThat(put.status()).isEqualTo(405);
        assertThat(put.headers()).containsEntry("Allow", "GET");
        assertThat(tab.send("HEAD", URI.create(approval), Map.of(), "").html()).isEmpty();
        assertThat(tab.post(tab.begin(approval, "u-2"), Map.of()).status()).isEqualTo(405);
    }

    @Test
    void aPolicyWithoutLoginSaysHowToApproveOtherwise() {
        var waiting = ask();
        issuer.policy.replace(
                TestIssuer.compile(policy(PEOPLE, issuer.provider.issuer()).replace(",\"login\":{}", "")));

        var page = tab.get(waiting.approval());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.html()).contains("taskbound approve ").doesNotContain("Log in with");
    }
}

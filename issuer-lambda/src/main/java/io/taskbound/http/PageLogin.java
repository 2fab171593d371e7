// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.approval.ApprovalId;
import io.taskbound.audit.Reason;
import io.taskbound.identity.Provider;
import io.taskbound.issuer.CurrentPolicy;
import io.taskbound.login.LoginAnswer;
import io.taskbound.login.LoginAttempt;
import io.taskbound.login.LoginFailed;
import io.taskbound.login.RelyingParty;
import io.taskbound.outbound.OutboundHttp;
import io.taskbound.page.ContinuePage;
import io.taskbound.page.Link;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The way of a browser to the identity provider and back. */
final class PageLogin {
    private final PageAddresses addresses;
    private final PageCookies cookies;
    private final CurrentPolicy policy;
    private final Optional<RelyingParty> party;

    /** @param http reaches for identity providers; without it nobody logs in */
    PageLogin(PageAddresses addresses, PageCookies cookies, CurrentPolicy policy, Optional<OutboundHttp> http) {
        this.addresses = addresses;
        this.cookies = cookies;
        this.policy = policy;
        this.party = http.map(reach -> new RelyingParty(addresses.callback(), reach));
    }

    /** A login for each provider that the policy lets people log in at. */
    List<Link> choices(ApprovalId id) {
        return providers().stream()
                .map(provider -> new Link("Log in with " + provider.name(), addresses.login(id, provider.name())))
                .toList();
    }

    /** The same for whoever is logged in as somebody else than they want to be. */
    List<Link> others(ApprovalId id) {
        return providers().stream()
                .map(provider -> new Link(
                        "Log in with " + provider.name() + " as somebody else",
                        addresses.loginAnew(id, provider.name())))
                .toList();
    }

    private List<Provider> providers() {
        return policy.now().policy().providers().stream()
                .filter(provider -> party.isPresent() && provider.login().isPresent())
                .toList();
    }

    /** @param askAgain asks who it is, even of somebody who is already logged in there */
    HttpResponse begin(HttpRequest request, ApprovalId id, String providerName, boolean askAgain, Instant now)
            throws PageRefused {
        requireOpened(request);
        var provider = provider(providerName);
        var attempt = LoginAttempt.begin(provider.name(), id.toString());
        try {
            var there = relying().authorization(provider, attempt, askAgain, now);
            return PageResponses.redirect(there.toString()).setting(cookies.begin(attempt));
        } catch (LoginFailed failed) {
            throw PageRefused.of(failed);
        }
    }

    /** What the provider sent the browser back with. */
    HttpResponse end(HttpRequest request, LoginAttempt attempt, Instant now) throws PageRefused {
        requireOpened(request);
        var provider = provider(attempt.provider().value());
        var target = ApprovalId.parse(attempt.target()).orElseThrow(PageLogin::notBegun);
        try {
            var text = relying()
                    .idToken(provider, attempt, answer(request), policy.now().verifier(), now);
            return PageResponses.html(200, ContinuePage.html(addresses.approval(target)))
                    .setting(cookies.loggedIn(text));
        } catch (LoginFailed failed) {
            throw PageRefused.of(failed);
        }
    }

    /** There is no login cookie, or it is not one of ours. */
    static PageRefused notBegun() {
        return PageRefused.of(new LoginFailed(LoginFailed.Kind.NOT_THIS_LOGIN, "there is no login cookie"));
    }

    private static LoginAnswer answer(HttpRequest request) throws PageRefused {
        try {
            var query = Form.parse(request.query().getBytes(StandardCharsets.UTF_8));
            return new LoginAnswer(query.value("code"), query.value("state"), query.value("iss"), query.value("error"));
        } catch (RefusedRequest malformed) {
            throw PageRefused.of(malformed);
        }
    }

    private static void requireOpened(HttpRequest request) throws PageRefused {
        if (!PageOrigin.opens(request)) {
            throw new PageRefused(
                    403,
                    "A login begins when a person follows the link to it. Open the link of the approval itself.",
                    Reason.CROSS_SITE,
                    "a login that is not a page opened by a person");
        }
    }

    private Provider provider(String name) throws PageRefused {
        return providers().stream()
                .filter(provider -> provider.name().value().equals(name))
                .findFirst()
                .orElseThrow(() -> new PageRefused(
                        404,
                        "The issuer's policy names no identity provider of that name at which people log in."
                                + " Open the link of the approval again.",
                        Reason.LOGIN_REFUSED,
                        "no provider of this name has login"));
    }

    private RelyingParty relying() {
        return party.orElseThrow();
    }
}

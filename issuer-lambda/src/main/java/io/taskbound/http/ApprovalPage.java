// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.approval.ApprovalId;
import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.issuer.Approve;
import io.taskbound.page.LoginPage;
import io.taskbound.page.RefusalPage;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The page on which a person logs in and decides: {@code /approve/{id}} and what is below it. It gives nobody more than
 * {@code POST /approvals/{id}} gives to an ID token; what it adds is the login, and that only its own form decides.
 */
final class ApprovalPage {
    private final PageAddresses addresses;
    private final PageCookies cookies;
    private final PageLogin login;
    private final PageDecision decision;
    private final Consumer<AuditLine> audit;

    private ApprovalPage(
            PageAddresses addresses,
            PageCookies cookies,
            PageLogin login,
            PageDecision decision,
            Consumer<AuditLine> audit) {
        this.addresses = addresses;
        this.cookies = cookies;
        this.login = login;
        this.decision = decision;
        this.audit = audit;
    }

    static ApprovalPage of(IssuerParts parts, Approve approve, Consumer<AuditLine> audit) {
        var addresses = new PageAddresses(parts.issuerUrl());
        var cookies = new PageCookies(parts.issuerUrl());
        var login = new PageLogin(addresses, cookies, parts.policy(), parts.logins());
        var decision = new PageDecision(addresses, cookies, new PageOrigin(parts.issuerUrl()), login, approve);
        return new ApprovalPage(addresses, cookies, login, decision, audit);
    }

    HttpResponse answer(HttpRequest request, String requestId, Instant now) {
        var rest = request.path().substring(PageAddresses.PATH.length()).split("/", -1);
        if (rest.length == 1 && rest[0].equals(PageAddresses.CALLBACK)) {
            return callback(request, requestId, now);
        }
        var id = ApprovalId.parse(rest[0]);
        try {
            if (id.isEmpty()) {
                throw noSuchPage();
            }
            return answer(request, id.get(), rest, requestId, now);
        } catch (PageRefused refused) {
            return refusal(refused, id, requestId, now);
        }
    }

    private HttpResponse answer(HttpRequest request, ApprovalId id, String[] path, String requestId, Instant now)
            throws PageRefused {
        boolean below = path.length > 2 && path[1].equals(PageAddresses.LOGIN);
        if (below && (path.length == 3 || (path.length == 4 && path[3].equals(PageAddresses.AGAIN)))) {
            requireGet(request);
            return login.begin(request, id, path[2], path.length == 4, now);
        }
        if (path.length > 1) {
            throw noSuchPage();
        }
        if (request.method().equals("POST")) {
            return decision.decide(request, id, requestId, now);
        }
        if (request.method().equals("HEAD")) {
            return show(request, id, requestId, now).withoutBody();
        }
        requireGet(request);
        return show(request, id, requestId, now);
    }

    private HttpResponse show(HttpRequest request, ApprovalId id, String requestId, Instant now) throws PageRefused {
        var idToken = cookies.idToken(request);
        return idToken.isPresent()
                ? decision.show(idToken.get(), id, requestId, now)
                : PageResponses.html(200, LoginPage.html(id, login.choices(id)));
    }

    /** Whatever comes of it, the attempt is over. */
    private HttpResponse callback(HttpRequest request, String requestId, Instant now) {
        var attempt = cookies.attempt(request);
        try {
            requireGet(request);
            return login.end(request, attempt.orElseThrow(PageLogin::notBegun), now);
        } catch (PageRefused refused) {
            var id = attempt.flatMap(begun -> ApprovalId.parse(begun.target()));
            return refusal(refused, id, requestId, now).setting(cookies.noAttempt());
        }
    }

    private HttpResponse refusal(PageRefused refused, Optional<ApprovalId> id, String requestId, Instant now) {
        var entry = AuditEntry.begin(Event.REQUEST, requestId, now)
                .error(refused.error())
                .reason(refused.reason())
                .detail(refused.detail());
        audit.accept(entry.end(refused.isOutage() ? Outcome.UNAVAILABLE : Outcome.REFUSED));
        var html = RefusalPage.html("Nothing was decided", refused.sentence(), id.map(addresses::link), requestId);
        var page = PageResponses.html(refused.status(), html);
        return refused.status() == 405 ? page.with("Allow", "GET") : page;
    }

    private static PageRefused noSuchPage() {
        return new PageRefused(
                404,
                "There is no such page. Copy the whole link of the approval, to its last character.",
                Reason.MALFORMED,
                "no such page");
    }

    private static void requireGet(HttpRequest request) throws PageRefused {
        if (!request.method().equals("GET")) {
            throw new PageRefused(405, "Open this page in a browser.", Reason.MALFORMED, "use GET");
        }
    }
}

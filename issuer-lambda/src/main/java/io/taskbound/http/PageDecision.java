// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.taskbound.approval.ApprovalId;
import io.taskbound.audit.Reason;
import io.taskbound.digest.Sha256;
import io.taskbound.identity.IdToken;
import io.taskbound.issuer.ApprovalRequest;
import io.taskbound.issuer.Approve;
import io.taskbound.issuer.ErrorCode;
import io.taskbound.issuer.Refusal;
import io.taskbound.page.DecisionForm;
import io.taskbound.page.RefusalPage;
import io.taskbound.page.ReviewPage;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Optional;

/** What somebody who is logged in may read, and what they decide with the form of our own page. */
final class PageDecision {
    private static final int HASH_OCTETS = 32;

    private final PageAddresses addresses;
    private final PageCookies cookies;
    private final PageOrigin origin;
    private final PageLogin login;
    private final Approve approve;

    PageDecision(PageAddresses addresses, PageCookies cookies, PageOrigin origin, PageLogin login, Approve approve) {
        this.addresses = addresses;
        this.cookies = cookies;
        this.origin = origin;
        this.login = login;
        this.approve = approve;
    }

    /** @param idToken of the person, unverified */
    HttpResponse show(String idToken, ApprovalId id, String requestId, Instant now) {
        var form = new DecisionForm(addresses.approval(id), csrf(id, idToken));
        return approve.answer(new ApprovalRequest(id, IdToken.of(idToken), Optional.empty()), requestId, now)
                .match(
                        shown -> PageResponses.html(200, ReviewPage.html(shown.approval(), form, login.others(id))),
                        refused -> refusal(refused.refusal(), id, requestId));
    }

    /**
     * Records what the form says. It must come from our own page, by what the browser says of it and by a value that
     * only that page has: one that is derived from the ID token, which no other page can read.
     */
    HttpResponse decide(HttpRequest request, ApprovalId id, String requestId, Instant now) throws PageRefused {
        if (!origin.sent(request)) {
            throw new PageRefused(
                    403,
                    "This decision was sent by another web page. Open the link of the approval itself, and decide"
                            + " there.",
                    Reason.CROSS_SITE,
                    "Origin or Sec-Fetch-Site is another's");
        }
        var idToken = cookies.idToken(request)
                .orElseThrow(() -> new PageRefused(
                        403,
                        "Your login is over, so nothing was recorded. Log in again, and decide again.",
                        Reason.LOGIN_REFUSED,
                        "a decision without an ID token"));
        try {
            var form = Form.of(request);
            requireOurs(form, id, idToken);
            return decide(new ApprovalRequest(id, IdToken.of(idToken), decided(form)), requestId, now);
        } catch (RefusedRequest malformed) {
            throw PageRefused.of(malformed);
        }
    }

    private HttpResponse decide(ApprovalRequest request, String requestId, Instant now) {
        boolean approves = request.decision().orElseThrow().approve();
        return approve.answer(request, requestId, now)
                .match(
                        shown -> PageResponses.html(200, ReviewPage.recorded(shown.approval(), approves))
                                .setting(cookies.loggedOut()),
                        refused -> refusal(refused.refusal(), request.id(), requestId));
    }

    /** Line breaks of the text area count as blanks: a comment is one line. */
    private static Optional<ApprovalRequest.Decided> decided(Form form) throws RefusedRequest {
        form.required("decision");
        var comment =
                form.value("comment").map(text -> text.replaceAll("\\s+", " ").strip());
        return ApprovalForm.decision(form.with("comment", comment.orElse("")));
    }

    private static void requireOurs(Form form, ApprovalId id, String idToken) throws RefusedRequest, PageRefused {
        boolean ours = MessageDigest.isEqual(
                form.required("csrf").getBytes(US_ASCII), csrf(id, idToken).getBytes(US_ASCII));
        if (!ours) {
            throw new PageRefused(
                    403,
                    "This decision was made on a page of another login, or of another approval. Open the link of the"
                            + " approval again, and decide there.",
                    Reason.CROSS_SITE,
                    "csrf is not this login's and approval's");
        }
    }

    private static String csrf(ApprovalId id, String idToken) {
        return Sha256.base64Url("taskbound approval form\n" + id + "\n" + idToken, HASH_OCTETS);
    }

    /** An ID token that does not count any more is forgotten, so that the person is asked to log in. */
    private HttpResponse refusal(Refusal refusal, ApprovalId id, String requestId) {
        boolean staleLogin = refusal.code() == ErrorCode.INVALID_REQUEST && refusal.reason() != Reason.OTHER_TEXT;
        var sentence = staleLogin
                ? "Your login does not count any more: it is too old, or a decision has used it up. Log in again."
                : refusal.description();
        int status =
                refusal.code() == ErrorCode.ACCESS_DENIED ? 403 : refusal.code().status();
        var page = PageResponses.html(
                status, RefusalPage.html("Not possible", sentence, Optional.of(addresses.link(id)), requestId));
        return staleLogin ? page.setting(cookies.loggedOut()) : page;
    }
}

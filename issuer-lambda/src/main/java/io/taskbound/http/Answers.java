// SPDX-License-Identifier: Apache-2.0
package io.taskbound.http;

import io.taskbound.issuer.CloseAnswer;
import io.taskbound.issuer.CredentialAnswer;
import io.taskbound.issuer.ErrorCode;
import io.taskbound.issuer.MintAnswer;
import io.taskbound.issuer.PendingApprovals;
import io.taskbound.issuer.ReceiptAnswer;
import io.taskbound.issuer.Refusal;
import io.taskbound.issuer.RenewAnswer;
import io.taskbound.issuer.RunEndAnswer;
import io.taskbound.issuer.ShownAnswer;
import io.taskbound.issuer.TokenState;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.token.KeyThumbprint;
import io.taskbound.token.TaskClaims;
import java.time.Duration;
import java.time.Instant;

/** Turns answers of the verbs into JSON over HTTP. */
final class Answers {
    /** The type of a token that is bound to a key (RFC 9449 section 5). */
    private static final String DPOP = "DPoP";

    private final String issuer;

    Answers(String issuer) {
        this.issuer = issuer;
    }

    /** RFC 8693 section 2.2.1. Never a refresh token. */
    HttpResponse mint(MintAnswer answer, String requestId, Instant now) {
        return answer.match(
                granted -> HttpResponse.json(200, granted(granted, now)),
                wouldGrant -> HttpResponse.json(200, wouldGrant(wouldGrant)),
                pending -> HttpResponse.json(
                        ErrorCode.AUTHORIZATION_PENDING.status(),
                        ApprovalJson.pending(pending, issuer, requestId, now)),
                refused -> notMinted(refused, requestId));
    }

    /** With the id of the approval that it is about, so that a client can tell it from a refusal of the policy. */
    private HttpResponse notMinted(MintAnswer.Refused refused, String requestId) {
        var refusal = refused.refusal();
        return refused.approval()
                .map(id -> HttpResponse.json(
                        refusal.code().status(),
                        error(refusal, requestId)
                                .put("approval_id", id.toString())
                                .build()))
                .orElseGet(() -> refusal(refusal, requestId));
    }

    private static JsonObject wouldGrant(MintAnswer.WouldGrant answer) {
        var body = JsonObject.builder().put("would_grant", true);
        answer.approval().ifPresent(approval -> body.put("needs_approval", JsonArray.ofStrings(approval.by())));
        return body.build();
    }

    HttpResponse approval(ShownAnswer answer, String requestId) {
        return answer.match(
                shown -> HttpResponse.json(200, ApprovalJson.shown(shown.approval())),
                refused -> refusal(refused.refusal(), requestId));
    }

    HttpResponse approvals(PendingApprovals answer, String requestId) {
        return answer.match(
                listed -> HttpResponse.json(200, ApprovalJson.listed(listed)),
                refused -> refusal(refused.refusal(), requestId));
    }

    private static JsonObject granted(MintAnswer.Granted granted, Instant now) {
        var record = granted.record();
        var body = JsonObject.builder()
                .put("access_token", granted.token().reveal())
                .put("issued_token_type", MintForm.ACCESS_TOKEN)
                .put("token_type", record.key().isPresent() ? DPOP : "Bearer")
                .put("expires_in", secondsUntil(record.life().expires(), now))
                .put("authorization_details", record.grant().details().json())
                .put("jti", record.jti().toString())
                .put("txn", record.txn());
        record.life().leaseDeadline().ifPresent(deadline -> body.put("lease_expires_in", secondsUntil(deadline, now)));
        granted.credentialKind().ifPresent(kind -> body.put("credential_kind", kind));
        return body.build();
    }

    /** Rounded down: a client that trusts the number must not be late. */
    private static long secondsUntil(Instant deadline, Instant now) {
        return Math.max(0, Duration.between(now, deadline).toSeconds());
    }

    /** RFC 7009 section 2.2. */
    HttpResponse close(CloseAnswer answer, String requestId) {
        return answer.match(
                done -> HttpResponse.json(200, JsonObject.EMPTY), refused -> refusal(refused.refusal(), requestId));
    }

    /** What the CI system's own log of deliveries will show. */
    HttpResponse runEnd(RunEndAnswer answer, String requestId) {
        return answer.match(
                done -> HttpResponse.json(
                        200, JsonObject.builder().put("result", done.result()).build()),
                refused -> challenging(refusal(refused.refusal(), requestId)));
    }

    /** RFC 9110 section 11.6.1 wants a challenge, and the usual one is for resource servers. */
    private static HttpResponse challenging(HttpResponse refusal) {
        return refusal.status() == 401 ? refusal.with("WWW-Authenticate", "Hook realm=\"taskbound\"") : refusal;
    }

    HttpResponse renew(RenewAnswer answer, NonceHeader nonces, String requestId, Instant now) {
        return answer.match(renewed -> renewed(renewed, nonces, now), refused -> refusal(refused.refusal(), requestId));
    }

    /** A heartbeat brings the next nonce, so that a proof never has to be made twice. */
    private static HttpResponse renewed(RenewAnswer.Renewed renewed, NonceHeader nonces, Instant now) {
        var left = JsonObject.builder().put("lease_expires_in", renewed.left().toSeconds());
        var answer = HttpResponse.json(200, left.build());
        return renewed.bound() ? nonces.on(answer, now) : answer;
    }

    /** What the step uses is in one member; the others say where, what it opens, and until when. */
    HttpResponse credential(CredentialAnswer answer, String requestId) {
        return answer.match(
                delivered -> HttpResponse.json(200, delivered(delivered)),
                refused -> refusal(refused.refusal(), requestId));
    }

    private static JsonObject delivered(CredentialAnswer.Delivered delivered) {
        var credential = delivered.credential();
        var body = JsonObject.builder()
                .put("kind", delivered.kind())
                .put("expires_at", credential.until().getEpochSecond())
                .put("refresh", delivered.refreshed())
                .put("authorization_details", delivered.details())
                .put("credential", credential.secret());
        credential.about().members().forEach(body::put);
        return body.build();
    }

    /** The envelope itself is the answer, so that what is stored is what was signed. */
    HttpResponse receipt(ReceiptAnswer answer, String requestId) {
        return answer.match(
                signed -> HttpResponse.json(200, signed.envelope()), refused -> refusal(refused.refusal(), requestId));
    }

    /** RFC 7662 section 2.2. */
    HttpResponse state(TokenState state, String requestId) {
        return state.match(
                active -> HttpResponse.json(200, active(active)),
                inactive -> HttpResponse.json(200, inactive(inactive)),
                refused -> refusal(refused.refusal(), requestId));
    }

    private static JsonObject inactive(TokenState.Inactive inactive) {
        var body = JsonObject.builder().put("active", false);
        inactive.why().ifPresent(why -> body.put("reason", why.wire()));
        return body.putIfPresent("dpop_nonce", inactive.nonce()).build();
    }

    private JsonObject active(TokenState.Active active) {
        TokenRecord record = active.record();
        var requester = record.requester();
        var body = JsonObject.builder()
                .put("active", true)
                .put("iss", issuer)
                .put("sub", TaskClaims.subject(record.grant().task(), requester.provider(), requester.stableSubject()))
                .put("aud", record.grant().audience())
                .put("client_id", requester.provider().value())
                .put("iat", record.life().issued().getEpochSecond())
                .put("exp", record.life().expires().getEpochSecond())
                .put("jti", record.jti().toString())
                .put("txn", record.txn())
                .put("act", requester.actor())
                .put("authorization_details", record.grant().details().json());
        record.uses().sumLeft().ifPresent(left -> body.put("uses_left", left));
        active.firstUse().ifPresent(first -> body.put("first_use", first));
        record.key().ifPresent(key -> bound(key, body));
        return body.putIfPresent("dpop_nonce", active.nonce()).build();
    }

    /** RFC 9449 section 6.2. */
    private static void bound(KeyThumbprint key, JsonObject.Builder body) {
        body.put("token_type", DPOP)
                .put("cnf", JsonObject.builder().put("jkt", key.value()).build());
    }

    /** RFC 6749 section 5.2, with the request id that leads to the audit log. */
    private static JsonObject.Builder error(Refusal refusal, String requestId) {
        return JsonObject.builder()
                .put("error", refusal.code().wire())
                .put("error_description", refusal.description())
                .put("request_id", requestId);
    }

    HttpResponse refusal(Refusal refusal, String requestId) {
        return refusal(refusal, refusal.code().status(), requestId);
    }

    HttpResponse refusal(Refusal refusal, int status, String requestId) {
        return announced(HttpResponse.json(status, error(refusal, requestId).build()), refusal);
    }

    /** In the form of the API that was called. */
    HttpResponse refusal(HttpRequest request, Refusal refusal, int status, String requestId) {
        return AccessAnswers.answers(request)
                ? announced(AccessAnswers.refusal(request, refusal, status, requestId), refusal)
                : refusal(refusal, status, requestId);
    }

    private static HttpResponse announced(HttpResponse body, Refusal refusal) {
        var answer = body;
        if (refusal.retryAfter().isPresent()) {
            long seconds = Math.max(1, refusal.retryAfter().get().toSeconds());
            answer = answer.with("Retry-After", Long.toString(seconds));
        }
        return answer.status() == 401
                ? answer.with("WWW-Authenticate", "Basic realm=\"taskbound\", charset=\"UTF-8\"")
                : answer;
    }
}

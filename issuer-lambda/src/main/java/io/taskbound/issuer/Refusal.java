// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.credential.NotDeliverable;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.OverBudget;
import io.taskbound.task.ServerName;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An expected "no". The caller gets a code and a fixed sentence that contains nothing of the policy or of a token; the
 * exact reason is in the audit log under the request id (threat model R30).
 *
 * @param reason the inner reason, for the audit log only
 * @param retryAfter when it makes sense to try again
 */
public record Refusal(ErrorCode code, String description, Reason reason, Optional<Duration> retryAfter) {
    private static final Duration SOON = Duration.ofSeconds(2);

    static final String UNACCEPTABLE_PROOF = "the subject_token is not acceptable: it must be an unexpired ID"
            + " token from a trusted provider, issued for this audience and not exchanged before";
    static final String NOT_PERMITTED =
            "this identity may not perform this task on this target; give the request_id to the policy owner";

    public static Refusal malformed(String description) {
        return new Refusal(ErrorCode.INVALID_REQUEST, description, Reason.MALFORMED, Optional.empty());
    }

    public static Refusal of(ErrorCode code, String description, Reason reason) {
        return new Refusal(code, description, reason, Optional.empty());
    }

    static Refusal badProof(Reason reason) {
        return of(ErrorCode.INVALID_REQUEST, UNACCEPTABLE_PROOF, reason);
    }

    /**
     * An unknown name, a wrong secret and no credentials at all look the same to the caller, and only the log tells a
     * wrong secret of one of our servers from the rest.
     *
     * @param named the server whose name was given
     */
    static Refusal badCredentials(Optional<ServerName> named) {
        return of(
                ErrorCode.INVALID_CLIENT,
                "authenticate with client_secret_basic: the resource server's name and secret",
                named.isPresent() ? Reason.BAD_CREDENTIALS : Reason.UNKNOWN_SERVER);
    }

    /**
     * An unknown hook, one without a secret and a bad signature look the same to the caller; the log tells them apart.
     */
    static Refusal badDelivery(Reason reason) {
        return of(
                ErrorCode.INVALID_DELIVERY,
                "sign the delivery with an active secret of this hook, and send it to the hook's own address",
                reason);
    }

    static Refusal notPermitted(Reason reason) {
        return of(ErrorCode.INVALID_AUTHORIZATION_DETAILS, NOT_PERMITTED, reason);
    }

    /** A rule allows the task, so its caller may know what to request instead. */
    static Refusal notDeliverable(NotDeliverable why) {
        return of(
                ErrorCode.INVALID_AUTHORIZATION_DETAILS,
                Objects.requireNonNull(why.getMessage()),
                Reason.NOT_DELIVERABLE);
    }

    /** A rule allows the task, so its caller may know; how many it is, only the policy says. */
    static Refusal overBudget(OverBudget limit) {
        return switch (limit) {
            case TOO_MANY_LIVE ->
                of(
                        ErrorCode.ACCESS_DENIED,
                        "as many tokens of this task are alive as its policy allows; wait until one of them is closed"
                                + " or expires, then ask again",
                        Reason.TOO_MANY_LIVE);
            case TOO_MANY_LIVE_IN_RUN ->
                of(
                        ErrorCode.ACCESS_DENIED,
                        "this run has as many live tokens of this task as the policy allows; close one, or wait until"
                                + " one expires, then ask again",
                        Reason.TOO_MANY_LIVE_IN_RUN);
            case ONCE_PER_RUN ->
                of(
                        ErrorCode.ACCESS_DENIED,
                        "this run has had its one token of this task; start a new run, or ask the policy owner",
                        Reason.ONCE_PER_RUN);
        };
    }

    /** A rule allows the task, so its caller may know; when the next window opens, only the policy says. */
    static Refusal outsideWindow() {
        return of(
                ErrorCode.ACCESS_DENIED,
                "this task may only be done in its change windows, and none is open; ask the policy owner when the"
                        + " next one opens",
                Reason.OUTSIDE_WINDOW);
    }

    static Refusal denied() {
        return of(
                ErrorCode.ACCESS_DENIED,
                "an approver denied this request; ask the approvers, and start a new run if it should be asked again",
                Reason.APPROVAL_DENIED);
    }

    static Refusal approvalExpired() {
        return of(
                ErrorCode.EXPIRED_TOKEN,
                "nobody approved this request in time; ask again with a new txn",
                Reason.APPROVAL_EXPIRED);
    }

    static Refusal approvalUsed() {
        return of(
                ErrorCode.ACCESS_DENIED,
                "this approval was used for another token; ask again with a new txn",
                Reason.APPROVAL_USED);
    }

    static Refusal windowEnds() {
        return of(
                ErrorCode.ACCESS_DENIED,
                "the change window of this task ends within seconds, before a token could be used; ask again in the next"
                        + " window",
                Reason.OUTSIDE_WINDOW);
    }

    /** Of a token that is no longer alive, to whoever holds it. */
    static Refusal dead(Lookup found, Instant now) {
        boolean byItsWindow =
                found.record().filter(token -> token.endedByItsWindow(now)).isPresent();
        return byItsWindow
                ? of(ErrorCode.INVALID_GRANT, "the token is not alive: its change window has ended", Reason.WINDOW)
                : of(ErrorCode.INVALID_GRANT, "the token is not alive", Reason.DEAD);
    }

    static Refusal unavailable(Reason what, Duration retryAfter) {
        return new Refusal(
                ErrorCode.TEMPORARILY_UNAVAILABLE,
                "temporarily unavailable; nothing was issued or changed; retry after the time in Retry-After",
                what,
                Optional.of(retryAfter));
    }

    /** The ledger did not answer: whether it has carried out the request is not known, and asking again is safe. */
    public static Refusal ledgerUnavailable() {
        return new Refusal(
                ErrorCode.TEMPORARILY_UNAVAILABLE,
                "temporarily unavailable; it is safe to retry after the time in Retry-After",
                Reason.LEDGER_UNAVAILABLE,
                Optional.of(SOON));
    }

    /** More requests wait than can be served; the request was not looked at. */
    public static Refusal tooManyRequests() {
        return new Refusal(
                ErrorCode.TEMPORARILY_UNAVAILABLE,
                "too many requests at once; nothing was issued or changed; retry after the time in Retry-After",
                Reason.TOO_MANY_REQUESTS,
                Optional.of(SOON));
    }

    public static Refusal signerUnavailable() {
        return unavailable(Reason.SIGNER_UNAVAILABLE, SOON);
    }

    public static Refusal policyUnavailable() {
        return unavailable(Reason.POLICY_UNAVAILABLE, SOON);
    }

    /** Ends the audit entry of the decision with this refusal. */
    AuditLine line(AuditEntry entry) {
        entry.error(code.wire()).reason(reason);
        return entry.end(code == ErrorCode.TEMPORARILY_UNAVAILABLE ? Outcome.UNAVAILABLE : Outcome.REFUSED);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.audit.Reason;
import java.util.Optional;

/**
 * The metric that counts a reason separately. One switch covers every reason, so a new one does not compile until it is
 * placed here.
 *
 * @param part what was unavailable, for {@link Metric#UNAVAILABLE_BY_PART}
 */
public record ReasonMetric(Metric metric, Optional<UnavailablePart> part) {

    /** Empty for a reason that is only counted under its refusal's error code, or as inactive. */
    public static Optional<ReasonMetric> of(Reason reason) {
        return switch (reason) {
            case SIGNED_BUT_UNKNOWN -> counted(Metric.SIGNED_BUT_UNKNOWN);
            case DPOP_KEY, DPOP_REPLAYED -> counted(Metric.COPIED_TOKEN);
            case POLICY_REFUSED -> counted(Metric.POLICY_REFUSED);
            case PROVIDER_KEYS_UNAVAILABLE -> unavailable(UnavailablePart.PROVIDER_KEYS);
            case LEDGER_UNAVAILABLE -> unavailable(UnavailablePart.LEDGER);
            case SIGNER_UNAVAILABLE -> unavailable(UnavailablePart.SIGNER);
            case POLICY_UNAVAILABLE -> unavailable(UnavailablePart.POLICY);
            case CREDENTIAL_UNAVAILABLE -> unavailable(UnavailablePart.CREDENTIAL_SERVICE);
            case TOO_MANY_REQUESTS, UNFORESEEN -> unavailable(UnavailablePart.INSIDE);
            case MALFORMED,
                    BAD_CREDENTIALS,
                    UNKNOWN_SERVER,
                    TOO_LARGE,
                    HEADER_NOT_ALLOWED,
                    WRONG_TYPE,
                    ALGORITHM_NOT_ALLOWED,
                    UNKNOWN_ISSUER,
                    UNKNOWN_KEY,
                    KEY_NOT_LOOKED_UP,
                    KEY_CHANGED,
                    BAD_SIGNATURE,
                    WRONG_AUDIENCE,
                    NOT_YET_VALID,
                    TOO_OLD,
                    LIFE_TOO_LONG,
                    BAD_CLAIMS,
                    REFUSED_BY_PROFILE,
                    REPLAYED,
                    UNKNOWN_TASK,
                    NOT_ALLOWED,
                    WRONG_RESOURCE_SERVER,
                    TOKEN_TOO_LONG,
                    NOT_DELIVERABLE,
                    NO_CHALLENGE,
                    RUN_CLOSED,
                    TOO_MANY_LIVE,
                    TOO_MANY_LIVE_IN_RUN,
                    ONCE_PER_RUN,
                    OUTSIDE_WINDOW,
                    APPROVAL_DENIED,
                    APPROVAL_EXPIRED,
                    APPROVAL_USED,
                    APPROVAL_REPLACED,
                    TOO_MANY_APPROVALS,
                    HIDDEN_STARTER,
                    NOT_AN_APPROVER,
                    NO_PERSON,
                    OWN_REQUEST,
                    UNLINKED_PERSON,
                    DECIDED_BEFORE,
                    OTHER_TEXT,
                    CLOSED_MEANWHILE,
                    NOT_OURS,
                    OTHER_RESOURCE_SERVER,
                    MUST_REDEEM,
                    NOT_PERMITTED,
                    FOREIGN_RUN,
                    UNKNOWN_HANDLE,
                    CLOSED,
                    REVOKED,
                    SPENT,
                    LAPSED,
                    WINDOW,
                    DEAD,
                    DIED_MEANWHILE,
                    WRONG_HOLDER,
                    WITHOUT_HOLDER,
                    REPEAT,
                    DPOP_MISSING,
                    DPOP_MALFORMED,
                    DPOP_REQUEST,
                    DPOP_TOKEN,
                    DPOP_TIME,
                    DPOP_NONCE,
                    NO_CREDENTIAL,
                    CREDENTIAL_REFUSED,
                    CREDENTIAL_UNDER_WAY,
                    CREDENTIAL_UNHEARD,
                    UNKNOWN_HOOK,
                    NO_HOOK_SECRET,
                    BAD_HOOK_SIGNATURE,
                    FOREIGN_EVENT,
                    NOT_AN_END,
                    STALE_EVENT,
                    LOGIN_REFUSED,
                    LOGIN_UNAVAILABLE,
                    CROSS_SITE,
                    EXPIRED,
                    DENIED -> Optional.empty();
        };
    }

    private static Optional<ReasonMetric> counted(Metric metric) {
        return Optional.of(new ReasonMetric(metric, Optional.empty()));
    }

    private static Optional<ReasonMetric> unavailable(UnavailablePart part) {
        return Optional.of(new ReasonMetric(Metric.UNAVAILABLE_BY_PART, Optional.of(part)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Reason;
import io.taskbound.identity.KeyTrouble;
import io.taskbound.identity.Rejection;
import io.taskbound.identity.Verification;

/** Refuses an ID token: the caller gets one sentence for every fault, the audit log gets the exact fault. */
final class ProofRefusals {
    private ProofRefusals() {}

    static Refusal of(Verification.Rejected rejected, AuditEntry entry) {
        rejected.provider().ifPresent(entry::provider);
        rejected.detail().ifPresent(entry::detail);
        return Refusal.badProof(reason(rejected.reason()));
    }

    /** The provider's keys are out of reach, so nothing is known about the token. */
    static Refusal of(Verification.Unavailable outage, AuditEntry entry) {
        entry.provider(outage.provider()).detail(outage.why().text());
        return Refusal.unavailable(reason(outage.why().kind()), outage.retryAfter());
    }

    /** Any stranger can name a key id that does not exist, so that this is no sign of an outage. */
    private static Reason reason(KeyTrouble.Kind trouble) {
        return trouble == KeyTrouble.Kind.ASKED_RECENTLY ? Reason.KEY_NOT_LOOKED_UP : Reason.PROVIDER_KEYS_UNAVAILABLE;
    }

    private static Reason reason(Rejection rejection) {
        return switch (rejection) {
            case TOO_LARGE -> Reason.TOO_LARGE;
            case MALFORMED -> Reason.MALFORMED;
            case HEADER_NOT_ALLOWED -> Reason.HEADER_NOT_ALLOWED;
            case ALGORITHM_NOT_ALLOWED -> Reason.ALGORITHM_NOT_ALLOWED;
            case UNKNOWN_ISSUER -> Reason.UNKNOWN_ISSUER;
            case UNKNOWN_KEY -> Reason.UNKNOWN_KEY;
            case KEY_CHANGED -> Reason.KEY_CHANGED;
            case BAD_SIGNATURE -> Reason.BAD_SIGNATURE;
            case WRONG_TYPE -> Reason.WRONG_TYPE;
            case WRONG_AUDIENCE -> Reason.WRONG_AUDIENCE;
            case EXPIRED -> Reason.EXPIRED;
            case NOT_YET_VALID -> Reason.NOT_YET_VALID;
            case TOO_OLD -> Reason.TOO_OLD;
            case LIFE_TOO_LONG -> Reason.LIFE_TOO_LONG;
            case BAD_CLAIMS -> Reason.BAD_CLAIMS;
            case REFUSED_BY_PROFILE -> Reason.REFUSED_BY_PROFILE;
        };
    }
}

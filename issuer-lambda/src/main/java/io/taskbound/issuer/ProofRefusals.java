// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.identity.Verification;
import java.util.Locale;

/** Says no to an ID token: one sentence outward for every fault of the token, the exact one into the audit log. */
final class ProofRefusals {
    private ProofRefusals() {}

    static Refusal refusal(Verification verification, AuditEntry entry) {
        if (verification instanceof Verification.Unavailable outage) {
            entry.provider(outage.provider());
            return Refusal.unavailable("provider_keys_unavailable", outage.retryAfter());
        }
        var rejected = (Verification.Rejected) verification;
        rejected.provider().ifPresent(entry::provider);
        rejected.detail().ifPresent(entry::detail);
        return Refusal.badProof(rejected.reason().name().toLowerCase(Locale.ROOT));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Reason;
import io.taskbound.policy.Enforcement;
import io.taskbound.policy.Grant;
import java.util.Optional;

/**
 * What would refuse a request for a task whose policy says {@code enforce: false}: it refuses nothing, and the audit
 * line says what it would have refused for. Whatever enforces windows, budgets or approvals asks here.
 */
final class Watched {
    private Watched() {}

    /** Notes what the policy itself would have refused, and an approval that nobody is asked for. */
    static void note(Grant grant, AuditEntry entry) {
        if (grant.enforcement().isWatched() && grant.approval().isPresent()) {
            entry.shadowApproval();
        }
        if (grant.enforcement() == Enforcement.WATCHED_OUTSIDE_WINDOW) {
            entry.shadow(Reason.OUTSIDE_WINDOW);
        }
    }

    /** The same refusal where the task is enforced; else it is noted, and there is none. */
    static Optional<Refusal> enforced(Grant grant, Optional<Refusal> refusal, AuditEntry entry) {
        if (refusal.isPresent() && grant.enforcement().isWatched()) {
            entry.shadow(refusal.get().reason());
            return Optional.empty();
        }
        return refusal;
    }
}

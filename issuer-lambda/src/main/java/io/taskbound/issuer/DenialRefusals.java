// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.Reason;
import io.taskbound.policy.Denial;

/** What a caller is told whom the policy does not let do the task. What the policy knows more goes to the audit log. */
final class DenialRefusals {
    private DenialRefusals() {}

    static Refusal of(Denial denial, AuditEntry entry) {
        denial.nearest().ifPresent(entry::nearest);
        denial.nextOpening().ifPresent(opens -> entry.detail("the next window opens at " + opens));
        return switch (denial.kind()) {
            case UNKNOWN_TASK -> Refusal.notPermitted(Reason.UNKNOWN_TASK);
            case NOT_ALLOWED -> Refusal.notPermitted(Reason.NOT_ALLOWED);
            case OUTSIDE_WINDOW -> Refusal.outsideWindow();
            case WINDOW_ENDS -> Refusal.windowEnds();
            case WRONG_TARGET_SERVER ->
                Refusal.of(
                        ErrorCode.INVALID_TARGET, "not the resource server of this task", Reason.WRONG_RESOURCE_SERVER);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.audit.AuditLine;
import java.util.Locale;

/** What a request could not be answered for; the dimension {@code Part} of the metric {@code Unavailable}. */
public enum UnavailablePart {
    PROVIDER_KEYS,
    LEDGER,
    SIGNER,
    POLICY,
    /** None of these: a fault of ours. */
    INSIDE;

    static UnavailablePart of(AuditLine decision) {
        return switch (decision.text("reason").orElse("")) {
            case "provider_keys_unavailable" -> PROVIDER_KEYS;
            case "ledger_unavailable" -> LEDGER;
            case "signer_unavailable" -> SIGNER;
            case "policy_unavailable" -> POLICY;
            default -> INSIDE;
        };
    }

    /** As CloudWatch is told. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

import java.util.Locale;

/** What was asked of the issuer, as the audit log names it. */
public enum Event {
    MINT,
    DRY_RUN,
    RENEW,
    CLOSE,
    INTROSPECT,
    REDEEM,
    /** A request that named no verb we know, or whose form could not be read. */
    REQUEST,
    /** Another version of the policy was published. */
    POLICY;

    /** As the audit log writes it. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

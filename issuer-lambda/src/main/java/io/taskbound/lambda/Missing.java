// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.issuer.Refusal;
import java.util.Locale;

/** What an issuer is missing: its name in lower case is the word of /healthz and of the audit log. */
enum Missing {
    TABLE_UNREACHABLE(Part.TABLE),
    TABLE_ABSENT(Part.TABLE),
    /** DynamoDB would keep for good what is to be forgotten after the retention. */
    TABLE_WITHOUT_TTL(Part.TABLE),
    TABLE_TTL_NOT_READABLE(Part.TABLE),
    SIGNING_KEY_UNREACHABLE(Part.SIGNING_KEY),
    SIGNING_KEY_ABSENT(Part.SIGNING_KEY),
    SIGNING_KEY_DISABLED(Part.SIGNING_KEY),
    SIGNING_KEY_OF_WRONG_KIND(Part.SIGNING_KEY),
    POLICY_UNREACHABLE(Part.POLICY),
    POLICY_ABSENT(Part.POLICY),
    /** Faulty, or without the signature that it must carry. */
    POLICY_REFUSED(Part.POLICY);

    private final Part part;

    Missing(Part part) {
        this.part = part;
    }

    private enum Part {
        TABLE,
        SIGNING_KEY,
        POLICY
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Refusal refusal() {
        return switch (part) {
            case TABLE -> Refusal.ledgerUnavailable();
            case SIGNING_KEY -> Refusal.signerUnavailable();
            case POLICY -> Refusal.policyUnavailable();
        };
    }
}

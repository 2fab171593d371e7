// SPDX-License-Identifier: Apache-2.0
package io.taskbound.lambda;

import io.taskbound.issuer.Refusal;

/** What an issuer is missing: its name in lower case is the word of /healthz and of the audit log. */
enum Missing {
    TABLE_UNREACHABLE("table_unreachable", Part.TABLE),
    TABLE_ABSENT("table_absent", Part.TABLE),
    /** DynamoDB would keep permanently what must be forgotten after the retention. */
    TABLE_WITHOUT_TTL("table_without_ttl", Part.TABLE),
    TABLE_TTL_NOT_READABLE("table_ttl_not_readable", Part.TABLE),
    SIGNING_KEY_UNREACHABLE("signing_key_unreachable", Part.SIGNING_KEY),
    SIGNING_KEY_ABSENT("signing_key_absent", Part.SIGNING_KEY),
    SIGNING_KEY_DISABLED("signing_key_disabled", Part.SIGNING_KEY),
    SIGNING_KEY_OF_WRONG_KIND("signing_key_of_wrong_kind", Part.SIGNING_KEY),
    POLICY_UNREACHABLE("policy_unreachable", Part.POLICY),
    POLICY_ABSENT("policy_absent", Part.POLICY),
    /** Faulty, or without the signature that it must carry. */
    POLICY_REFUSED("policy_refused", Part.POLICY);

    private final String word;
    private final Part part;

    Missing(String word, Part part) {
        this.word = word;
        this.part = part;
    }

    private enum Part {
        TABLE,
        SIGNING_KEY,
        POLICY
    }

    /** The word of /healthz and, as the detail, of the audit log. */
    String word() {
        return word;
    }

    Refusal refusal() {
        return switch (part) {
            case TABLE -> Refusal.ledgerUnavailable();
            case SIGNING_KEY -> Refusal.signerUnavailable();
            case POLICY -> Refusal.policyUnavailable();
        };
    }
}

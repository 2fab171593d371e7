// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.ledger.PolicyRelease;
import java.util.Optional;

/**
 * What is known of the signatures of versions.
 *
 * @param key by which they are checked; empty when nobody asks
 * @param table its name, as signed statements have it
 */
record Signatures(Optional<PolicyKey> key, String table) {

    enum Finding {
        VERIFIED("verified", "signature verified"),
        WRONG("wrong", "signature WRONG"),
        NOT_CHECKED("not_checked", "signed, not checked"),
        ABSENT("absent", "unsigned");

        private final String wire;
        private final String words;

        Finding(String wire, String words) {
            this.wire = wire;
            this.words = words;
        }

        /** For programs. */
        String wire() {
            return wire;
        }

        /** For people. */
        String words() {
            return words;
        }
    }

    Finding of(PolicyRelease release) {
        if (release.signature().isEmpty()) {
            return Finding.ABSENT;
        }
        return key.map(own -> own.hasSigned(release, table) ? Finding.VERIFIED : Finding.WRONG)
                .orElse(Finding.NOT_CHECKED);
    }

    /** Whether an issuer that asks for signatures of this key, if any, would take the version in force. */
    boolean suffice(History history) {
        return key.isEmpty()
                || history.head() == 0
                || history.releases().stream()
                        .filter(release -> release.version().number() == history.head())
                        .anyMatch(release -> of(release) == Finding.VERIFIED);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.policy.PolicyDifference.Noted;
import java.util.Optional;

/** Who is asked about tokens, and how well they learn that one is dead. */
final class ServerChanges {
    private static final int SHOWN_OF_A_HASH = 8;

    private ServerChanges() {}

    static void compare(Optional<ResourceServer> before, Optional<ResourceServer> after, Noted noted) {
        if (before.isPresent() && after.isPresent()) {
            compare(before.get(), after.get(), noted);
        } else if (after.isPresent()) {
            noted.other("is new: audience " + Shown.text(after.get().audience()) + ", checks "
                    + after.get().checks().word());
        } else {
            noted.narrower("is gone: it may no longer redeem or introspect");
        }
    }

    private static void compare(ResourceServer before, ResourceServer after, Noted noted) {
        noted.step(1, "audience", Shown.text(before.audience()), Shown.text(after.audience()));
        // In the order in which they learn less of a token's end.
        noted.step(
                after.checks().compareTo(before.checks()),
                "checks",
                before.checks().word(),
                after.checks().word());
        noted.step(0, "typ", before.typ().header(), after.typ().header());
        after.clientSecretHashes().stream()
                .filter(hash -> !before.clientSecretHashes().contains(hash))
                .forEach(hash -> noted.wider("another secret is accepted: hash " + shortened(hash)));
        before.clientSecretHashes().stream()
                .filter(hash -> !after.clientSecretHashes().contains(hash))
                .forEach(hash -> noted.narrower("a secret is no longer accepted: hash " + shortened(hash)));
    }

    private static String shortened(String hash) {
        return hash.substring(0, SHOWN_OF_A_HASH) + "...";
    }
}

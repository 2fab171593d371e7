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
            added(after.get(), noted);
        } else if (before.flatMap(ResourceServer::delivery).isPresent()) {
            noted.narrower("is gone: no step gets a credential of it");
        } else {
            noted.narrower("is gone: it may no longer redeem or introspect");
        }
    }

    private static void added(ResourceServer server, Noted noted) {
        if (server.delivery().isEmpty()) {
            noted.other("is new: audience " + Shown.whole(server.audience()) + ", checks "
                    + server.checks().word());
            return;
        }
        var delivery = server.delivery().get();
        noted.other("is new: kind " + delivery.kind() + ", " + DeliveryChanges.shown(delivery));
        DeliveryChanges.opened(delivery).forEach(noted::other);
    }

    private static String kind(ResourceServer server) {
        return server.delivery().map(Delivery::kind).orElse("none");
    }

    private static void compare(ResourceServer before, ResourceServer after, Noted noted) {
        noted.step(1, "kind", kind(before), kind(after));
        if (kind(before).equals(kind(after))) {
            before.delivery()
                    .ifPresent(old -> after.delivery().ifPresent(now -> DeliveryChanges.compare(old, now, noted)));
        } else if (after.delivery().isPresent()) {
            DeliveryChanges.opened(after.delivery().get()).forEach(noted::wider);
        }
        noted.step(1, "audience", Shown.whole(before.audience()), Shown.whole(after.audience()));
        // In the order in which they learn less of a token's end.
        noted.step(
                after.checks().compareTo(before.checks()),
                "checks",
                before.checks().word(),
                after.checks().word());
        // A stricter word is narrower: a token that is bound to a key is worth less to whoever copies it.
        noted.step(
                before.proof().compareTo(after.proof()),
                "proof",
                before.proof().word(),
                after.proof().word());
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

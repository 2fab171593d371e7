// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.digest.Sha256;
import io.taskbound.identity.KeySource;
import io.taskbound.identity.PrivateCa;
import io.taskbound.identity.Provider;
import io.taskbound.policy.PolicyDifference.Noted;
import java.util.Optional;

/** Whose ID tokens are trusted that were not, and the reverse. Whatever moves the trust to somebody else is wider. */
final class ProviderChanges {
    private final Provider before;
    private final Provider after;
    private final Noted noted;

    private ProviderChanges(Provider before, Provider after, Noted noted) {
        this.before = before;
        this.after = after;
        this.noted = noted;
    }

    static void compare(Optional<Provider> before, Optional<Provider> after, Noted noted) {
        if (before.isPresent() && after.isPresent()) {
            new ProviderChanges(before.get(), after.get(), noted).compare();
        } else if (after.isPresent()) {
            noted.wider("is newly trusted: profile " + after.get().profile() + ", issuer "
                    + Shown.text(after.get().issuer()));
        } else {
            noted.narrower("is no longer trusted");
        }
    }

    private void compare() {
        noted.step(1, "profile", before.profile().name(), after.profile().name());
        noted.step(1, "issuer", Shown.text(before.issuer()), Shown.text(after.issuer()));
        noted.step(1, "audience", Shown.text(before.audience()), Shown.text(after.audience()));
        noted.step(
                before.algorithms().containsAll(after.algorithms()) ? -1 : 1,
                "algorithms",
                String.join(", ", before.algorithms()),
                String.join(", ", after.algorithms()));
        noted.step(
                after.maxAge().compareTo(before.maxAge()),
                "max_age",
                DurationText.of(before.maxAge()),
                DurationText.of(after.maxAge()));
        if (!before.keys().equals(after.keys())) {
            noted.wider("its keys come from another place: " + source(before.keys()) + " -> " + source(after.keys()));
        }
    }

    private static String authority(Optional<PrivateCa> ca) {
        return ca.map(authorities -> " by " + authorities.size() + " certificate authorities of its own, "
                        + Sha256.hex(authorities.pem()).substring(0, 16))
                .orElse("");
    }

    private static String source(KeySource keys) {
        if (keys instanceof KeySource.Pinned pinned) {
            int count =
                    pinned.jwks().array("keys").map(all -> all.items().size()).orElse(0);
            return "a pinned set of " + count;
        }
        if (keys instanceof KeySource.JwksUri at) {
            return Shown.text(at.uri().toString()) + authority(at.ca());
        }
        return "discovery" + (keys instanceof KeySource.Discovery found ? authority(found.ca()) : "");
    }
}

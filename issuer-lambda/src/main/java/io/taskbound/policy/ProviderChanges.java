// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

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
            begin(after.get(), noted);
        } else {
            noted.narrower("is no longer trusted");
        }
    }

    private static void begin(Provider after, Noted noted) {
        noted.wider("is newly trusted: profile " + after.profile() + ", issuer " + Shown.whole(after.issuer()));
        noted.other("for audience " + Shown.whole(after.audience()) + ", algorithms "
                + String.join(", ", after.algorithms()) + ", max_age " + DurationText.of(after.maxAge()));
        after.login().ifPresent(login -> noted.wider("people may log in there: " + scopes(after)));
        noted.other("its keys: " + TrustedKeys.place(after.keys()));
        TrustedKeys.of(after.keys()).forEach((id, key) -> noted.wider(TrustedKeys.words(id, key) + " is trusted"));
    }

    private void compare() {
        noted.step(1, "profile", before.profile().name(), after.profile().name());
        noted.step(1, "issuer", Shown.whole(before.issuer()), Shown.whole(after.issuer()));
        noted.step(1, "audience", Shown.whole(before.audience()), Shown.whole(after.audience()));
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
        noted.step(
                after.leeway().compareTo(before.leeway()),
                "leeway",
                DurationText.of(before.leeway()),
                DurationText.of(after.leeway()));
        compareLogin();
        compareKeys();
    }

    private void compareLogin() {
        var effect = after.login().isPresent() ? 1 : -1;
        noted.step(effect, "login", scopes(before), scopes(after));
    }

    private static String scopes(Provider provider) {
        return provider.login().map(login -> String.join(" ", login.scopes())).orElse("none");
    }

    private void compareKeys() {
        if (before.keys().equals(after.keys())) {
            return;
        }
        var old = TrustedKeys.of(before.keys());
        var now = TrustedKeys.of(after.keys());
        if (!TrustedKeys.place(before.keys()).equals(TrustedKeys.place(after.keys()))) {
            noted.wider("its keys come from another place: " + TrustedKeys.place(before.keys()) + " -> "
                    + TrustedKeys.place(after.keys()));
        }
        now.forEach((id, key) -> {
            if (!old.containsKey(id)) {
                noted.wider(TrustedKeys.words(id, key) + " is newly trusted");
            } else if (!key.equals(old.get(id))) {
                // Its use, its algorithm or its id: what it was not taken for, it may be taken for now.
                noted.wider(TrustedKeys.words(id, key) + " is described differently");
            }
        });
        old.forEach((id, key) -> {
            if (!now.containsKey(id)) {
                noted.narrower(TrustedKeys.words(id, key) + " is no longer trusted");
            }
        });
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.hook.HookSecret;
import io.taskbound.ledger.HookStore;
import io.taskbound.ledger.SealedHookSecret;
import io.taskbound.task.HookName;
import io.taskbound.token.SignerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The secrets of hooks that the table holds sealed. The table is asked for those of one hook at most every
 * {@code HookStore.FOLLOWED_WITHIN}, whoever calls and how often; KMS opens them when they have changed, and what
 * nobody has used for {@code FORGOTTEN_AFTER} is forgotten. Safe for use by many threads.
 */
public final class SealedHookSecrets implements HookSecrets {
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);

    private final Function<HookName, HookStore.Secrets> reading;
    private final Opening opening;
    private final Map<HookName, Kept> kept = new HashMap<>();

    /** Opens a sealed secret. */
    @FunctionalInterface
    public interface Opening {
        String open(HookName hook, SealedHookSecret sealed) throws SignerUnavailable;
    }

    /** @param read when the table was asked */
    private record Kept(Instant read, long version, List<HookSecret> opened) {}

    /** @param reading reads the table; may throw {@link io.taskbound.ledger.LedgerUnavailable} */
    public SealedHookSecrets(Function<HookName, HookStore.Secrets> reading, Opening opening) {
        this.reading = reading;
        this.opening = opening;
    }

    @Override
    public synchronized List<HookSecret> active(HookName hook, Instant now) throws SignerUnavailable {
        kept.values().removeIf(secrets -> isOlder(secrets, FORGOTTEN_AFTER, now));
        var known = Optional.ofNullable(kept.get(hook));
        if (known.isPresent() && !isOlder(known.get(), HookStore.FOLLOWED_WITHIN, now)) {
            return known.get().opened();
        }
        var found = reading.apply(hook);
        var opened = known.isPresent() && known.get().version() == found.version()
                ? known.get().opened()
                : open(hook, found.active());
        kept.put(hook, new Kept(now, found.version(), opened));
        return opened;
    }

    /** A clock that was set back must not make anything last longer. */
    private static boolean isOlder(Kept secrets, Duration age, Instant now) {
        return now.isBefore(secrets.read()) || !now.isBefore(secrets.read().plus(age));
    }

    private List<HookSecret> open(HookName hook, List<SealedHookSecret> active) throws SignerUnavailable {
        var opened = new ArrayList<HookSecret>();
        for (var sealed : active) {
            opened.add(HookSecret.of(opening.open(hook, sealed)));
        }
        return List.copyOf(opened);
    }
}

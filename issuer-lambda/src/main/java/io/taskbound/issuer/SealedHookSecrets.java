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
 * {@code HookStore.FOLLOWED_WITHIN}, whoever calls and how often; KMS opens them when they have changed, and is left
 * alone for {@code FAILURE_COOL_DOWN} when it did not. What nobody has used for {@code FORGOTTEN_AFTER} is forgotten.
 * Safe for use by many threads.
 */
public final class SealedHookSecrets implements HookSecrets {
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    /** Whoever calls proves nothing before the secrets are open, so not each call may reach KMS. */
    private static final Duration FAILURE_COOL_DOWN = Duration.ofSeconds(5);

    private final Function<HookName, HookStore.Secrets> reading;
    private final Opening opening;
    private final Map<HookName, Kept> kept = new HashMap<>();
    private final Map<HookName, Failure> failures = new HashMap<>();

    /** Opens a sealed secret. */
    @FunctionalInterface
    public interface Opening {
        String open(HookName hook, SealedHookSecret sealed) throws SignerUnavailable;
    }

    /** @param read when the table was asked */
    private record Kept(Instant read, long version, List<HookSecret> opened) {}

    private record Failure(Instant at, SignerUnavailable why) {}

    /** @param reading reads the table; may throw {@link io.taskbound.ledger.LedgerUnavailable} */
    public SealedHookSecrets(Function<HookName, HookStore.Secrets> reading, Opening opening) {
        this.reading = reading;
        this.opening = opening;
    }

    @Override
    public synchronized List<HookSecret> active(HookName hook, Instant now) throws SignerUnavailable {
        failures.values().removeIf(failure -> isOlder(failure.at(), FAILURE_COOL_DOWN, now));
        var failure = Optional.ofNullable(failures.get(hook));
        if (failure.isPresent()) {
            throw failure.get().why();
        }
        kept.values().removeIf(secrets -> isOlder(secrets.read(), FORGOTTEN_AFTER, now));
        var known = Optional.ofNullable(kept.get(hook));
        if (known.isPresent() && !isOlder(known.get().read(), HookStore.FOLLOWED_WITHIN, now)) {
            return known.get().opened();
        }
        var found = reading.apply(hook);
        var opened = known.isPresent() && known.get().version() == found.version()
                ? known.get().opened()
                : open(hook, found.active(), now);
        kept.put(hook, new Kept(now, found.version(), opened));
        return opened;
    }

    /** A clock that was set back must not make anything last longer. */
    private static boolean isOlder(Instant since, Duration age, Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(age));
    }

    private List<HookSecret> open(HookName hook, List<SealedHookSecret> active, Instant now) throws SignerUnavailable {
        var opened = new ArrayList<HookSecret>();
        try {
            for (var sealed : active) {
                opened.add(HookSecret.of(opening.open(hook, sealed)));
            }
        } catch (SignerUnavailable outage) {
            failures.put(hook, new Failure(now, outage));
            throw outage;
        }
        return List.copyOf(opened);
    }
}

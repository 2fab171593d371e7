// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.hook.HookSecret;
import io.taskbound.ledger.HookStore;
import io.taskbound.ledger.SealedHookSecret;
import io.taskbound.task.HookName;
import io.taskbound.token.SignerUnavailable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The secrets of hooks that the table holds sealed. The table is asked for those of one hook at most every
 * {@code HookStore.FOLLOWED_WITHIN}, whoever calls and how often; KMS opens them when they have changed, and is left
 * alone for {@code FAILURE_COOL_DOWN} when it opened none. A secret that does not open keeps the others from nothing:
 * it is left out, said once, and tried again when the table is asked again. What nobody has used for
 * {@code FORGOTTEN_AFTER} is forgotten. Safe for use by many threads.
 */
public final class SealedHookSecrets implements HookSecrets {
    private static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(15);
    /** Whoever calls proves nothing before the secrets are open, so not each call may reach KMS. */
    private static final Duration FAILURE_COOL_DOWN = Duration.ofSeconds(5);

    private final Function<HookName, HookStore.Secrets> reading;
    private final Opening opening;
    private final Consumer<String> operatorLog;
    private final Map<HookName, Kept> kept = new HashMap<>();
    private final Map<HookName, Failure> failures = new HashMap<>();

    /** Opens a sealed secret. */
    @FunctionalInterface
    public interface Opening {
        String open(HookName hook, SealedHookSecret sealed) throws SignerUnavailable;
    }

    /**
     * @param read when the table was asked
     * @param opened by id, the oldest first
     * @param left ids of those that do not open
     */
    private record Kept(Instant read, long version, Map<String, HookSecret> opened, Set<String> left) {
        static final Kept NOTHING = new Kept(Instant.MIN, 0, Map.of(), Set.of());

        List<HookSecret> secrets() {
            return List.copyOf(opened.values());
        }
    }

    private record Failure(Instant at, SignerUnavailable why) {}

    /** @param reading reads the table; may throw {@link io.taskbound.ledger.LedgerUnavailable} */
    public SealedHookSecrets(
            Function<HookName, HookStore.Secrets> reading, Opening opening, Consumer<String> operatorLog) {
        this.reading = reading;
        this.opening = opening;
        this.operatorLog = operatorLog;
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
            return known.get().secrets();
        }
        var opened = open(hook, reading.apply(hook), known.orElse(Kept.NOTHING), now);
        kept.put(hook, opened);
        return opened.secrets();
    }

    /** A clock that was set back must not make anything last longer. */
    private static boolean isOlder(Instant since, Duration age, Instant now) {
        return now.isBefore(since) || !now.isBefore(since.plus(age));
    }

    private Kept open(HookName hook, HookStore.Secrets found, Kept before, Instant now) throws SignerUnavailable {
        var unchanged = before.version() == found.version() ? before : Kept.NOTHING;
        var opened = new LinkedHashMap<String, HookSecret>();
        var left = new LinkedHashMap<String, SignerUnavailable>();
        for (var sealed : found.active()) {
            var id = sealed.id();
            var known = Optional.ofNullable(unchanged.opened().get(id));
            try {
                opened.put(id, known.isPresent() ? known.get() : HookSecret.of(opening.open(hook, sealed)));
            } catch (SignerUnavailable closed) {
                left.put(id, closed);
            }
        }
        if (opened.isEmpty() && !left.isEmpty()) {
            var outage = left.values().iterator().next();
            failures.put(hook, new Failure(now, outage));
            throw outage;
        }
        left.forEach((id, why) -> {
            if (!unchanged.left().contains(id)) {
                operatorLog.accept("taskbound: secret " + id + " of the hook " + hook
                        + " does not open, and only the other one counts: " + why.getMessage());
            }
        });
        return new Kept(now, found.version(), opened, left.keySet());
    }
}

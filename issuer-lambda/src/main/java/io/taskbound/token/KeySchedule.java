// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Works out from dates and clock which key signs and which keys are published. Exactly at each date, the new phase has
 * begun.
 */
public record KeySchedule(List<KeyRecord> keys) {
    /**
     * Published before it signs at least this long: caches may keep the JWK Set for 5 min, and an instance that has not
     * yet heard of the key (60 s) does not publish it.
     */
    public static final Duration LEAST_PUBLICATION = Duration.ofMinutes(10);
    /** The longest life of a token is 1 h; then an instance that followed late (60 s), clocks (30 s), and room. */
    public static final Duration RETIREMENT = Duration.ofMinutes(75);

    private static final Comparator<KeyRecord> BY_FIRST_SIGNATURE =
            Comparator.comparing(KeyRecord::sign).thenComparing(KeyRecord::keyId);

    public KeySchedule {
        keys = keys.stream().sorted(BY_FIRST_SIGNATURE).toList();
    }

    /** The newest whose time has come: exactly one at any instant, or none. */
    public Optional<KeyRecord> signing(Instant now) {
        return trusted(now).filter(key -> !now.isBefore(key.sign())).reduce((older, newer) -> newer);
    }

    /** In the order of their first signatures. */
    public List<KeyRecord> published(Instant now) {
        return keys.stream()
                .filter(key -> !now.isBefore(key.publish()) && phase(key, now) != KeyPhase.REMOVED)
                .toList();
    }

    public KeyPhase phase(KeyRecord key, Instant now) {
        if (key.isRemovedBy(now)) {
            return KeyPhase.REMOVED;
        }
        if (now.isBefore(key.sign())) {
            return KeyPhase.PUBLISHED;
        }
        if (signing(now).filter(key::equals).isPresent()) {
            return KeyPhase.SIGNING;
        }
        return removal(key, now).filter(gone -> !now.isBefore(gone)).isPresent() ? KeyPhase.REMOVED : KeyPhase.RETIRING;
    }

    /** When the key goes, as things stand at {@code now}; empty while no other key is to sign after it. */
    public Optional<Instant> removal(KeyRecord key, Instant now) {
        return key.removed().or(() -> successor(key, now).map(KeyRecord::sign).map(stop -> stop.plus(RETIREMENT)));
    }

    /** When another key takes over; empty while none is there. */
    public Optional<Instant> stop(KeyRecord key, Instant now) {
        return successor(key, now).map(KeyRecord::sign);
    }

    /** When something of this key changes, as things stand at {@code now}. */
    public Stream<Instant> dates(KeyRecord key, Instant now) {
        return Stream.concat(Stream.of(key.publish(), key.sign()), removal(key, now).stream());
    }

    private Optional<KeyRecord> successor(KeyRecord key, Instant now) {
        return trusted(now)
                .filter(other -> BY_FIRST_SIGNATURE.compare(other, key) > 0)
                .findFirst();
    }

    /** A key that was taken away succeeds nobody: its predecessor signs again. */
    private Stream<KeyRecord> trusted(Instant now) {
        return keys.stream().filter(key -> !key.isRemovedBy(now));
    }
}

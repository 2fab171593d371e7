// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.KeyStore;
import io.taskbound.token.Es256PublicKey;
import io.taskbound.token.KeyFactory;
import io.taskbound.token.KeyFactory.NewKey;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import io.taskbound.token.SignerUnavailable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * Changes the set of signing keys. A new key is written only after it has proven that it signs, only one change at a
 * time succeeds, and it happens whole or not at all. Every change may throw
 * {@link io.taskbound.ledger.LedgerUnavailable}.
 */
public final class KeyRotation {
    /** Not the signing input of any token: it has no dot. */
    private static final byte[] PROBE = "taskbound: is this key able to sign?".getBytes(StandardCharsets.UTF_8);

    private final KeyStore store;
    private final KeyFactory making;
    private final Optional<NewKey> deployed;
    private final String by;

    /**
     * @param deployed the key that signs while the table knows none; the first rotation writes it down
     * @param by who rotates, as AWS names them
     */
    public KeyRotation(KeyStore store, KeyFactory making, Optional<NewKey> deployed, String by) {
        this.store = store;
        this.making = making;
        this.deployed = deployed;
        this.by = by;
    }

    /** How a change ended. */
    public sealed interface Outcome {
        /** One function for each alternative. */
        <T, X extends Exception> T match(
                Alternative<Changed, T, X> changed,
                Alternative<NotDue, T, X> notDue,
                Alternative<Overtaken, T, X> overtaken,
                Alternative<Refused, T, X> refused)
                throws X;

        /** @param changed the keys as they are now */
        record Changed(KeySchedule changed, Optional<KeyRecord> made) implements Outcome {
            @Override
            public <T, X extends Exception> T match(
                    Alternative<Changed, T, X> changed,
                    Alternative<NotDue, T, X> notDue,
                    Alternative<Overtaken, T, X> overtaken,
                    Alternative<Refused, T, X> refused)
                    throws X {
                return changed.apply(this);
            }
        }

        /** Nothing had to be done. */
        record NotDue(KeyRecord newest) implements Outcome {
            @Override
            public <T, X extends Exception> T match(
                    Alternative<Changed, T, X> changed,
                    Alternative<NotDue, T, X> notDue,
                    Alternative<Overtaken, T, X> overtaken,
                    Alternative<Refused, T, X> refused)
                    throws X {
                return notDue.apply(this);
            }
        }

        /** Somebody else has changed the keys meanwhile; look and try again. */
        record Overtaken() implements Outcome {
            @Override
            public <T, X extends Exception> T match(
                    Alternative<Changed, T, X> changed,
                    Alternative<NotDue, T, X> notDue,
                    Alternative<Overtaken, T, X> overtaken,
                    Alternative<Refused, T, X> refused)
                    throws X {
                return overtaken.apply(this);
            }
        }

        /** It would do harm. */
        record Refused(String why, String remedy) implements Outcome {
            @Override
            public <T, X extends Exception> T match(
                    Alternative<Changed, T, X> changed,
                    Alternative<NotDue, T, X> notDue,
                    Alternative<Overtaken, T, X> overtaken,
                    Alternative<Refused, T, X> refused)
                    throws X {
                return refused.apply(this);
            }
        }

        /** What to do in one case; commands complain where it is not the one asked for. */
        @FunctionalInterface
        interface Alternative<A, T, X extends Exception> {
            T apply(A outcome) throws X;
        }
    }

    public KeySchedule keys() {
        return store.read().schedule();
    }

    /** Where the key is in its life, the deployed one included; empty when there is none with this id. */
    public Optional<KeyPhase> phase(String keyId, Instant now) {
        var schedule = new KeySchedule(written(store.read(), now));
        return schedule.keys().stream()
                .filter(key -> key.keyId().equals(keyId))
                .findFirst()
                .map(key -> schedule.phase(key, now));
    }

    /**
     * Makes the next key: published now, signing after {@code publishFor}.
     *
     * @param leastAge nothing is done while the newest key is younger; zero rotates in any case
     */
    public Outcome rotate(Duration publishFor, Duration leastAge, Instant now) throws SignerUnavailable {
        var seen = store.read();
        var newest = newest(seen.schedule(), now);
        if (newest.filter(key -> key.publish().plus(leastAge).isAfter(now)).isPresent() && !leastAge.isZero()) {
            return new Outcome.NotDue(newest.get());
        }
        if (newest.filter(key -> now.isBefore(key.sign())).isPresent()) {
            return new Outcome.Refused(
                    "the key of the last rotation does not sign before "
                            + newest.get().sign().truncatedTo(ChronoUnit.SECONDS),
                    "wait until then, or take that key back with `taskbound keys retire`");
        }
        // Where nothing signs there is nothing to wait for: nobody is issued a token meanwhile.
        boolean first = new KeySchedule(written(seen, now)).signing(now).isEmpty();
        if (!first && publishFor.compareTo(KeySchedule.LEAST_PUBLICATION) < 0) {
            return new Outcome.Refused(
                    "a key must be published for " + KeySchedule.LEAST_PUBLICATION.toMinutes()
                            + " min before it signs: caches may keep the old set for 5 min",
                    "publish it for longer");
        }
        return add(seen, now, first ? now : now.plus(publishFor), List.of());
    }

    /**
     * Takes a key out of the set at once, and with it every token that it has signed. If it is the one that signs, a
     * new key is made that signs at once; services that keep the old set refuse its tokens until they fetch the new
     * one.
     */
    public Outcome takeAway(String keyId, Instant now) throws SignerUnavailable {
        var seen = store.read();
        var known = written(seen, now);
        var key = known.stream().filter(each -> each.keyId().equals(keyId)).findFirst();
        if (key.isEmpty()) {
            return new Outcome.Refused("no key has this id", "look with `taskbound keys list`");
        }
        var schedule = new KeySchedule(known);
        if (schedule.phase(key.get(), now) == KeyPhase.REMOVED) {
            return new Outcome.NotDue(key.get());
        }
        var gone = key.get().removedAt(now);
        return schedule.phase(key.get(), now) == KeyPhase.SIGNING
                ? add(seen, now, now, List.of(gone))
                : write(seen, now, List.of(gone), Optional.empty());
    }

    private Outcome add(KeyStore.Keys seen, Instant now, Instant sign, List<KeyRecord> others)
            throws SignerUnavailable {
        var made = making.make();
        try {
            prove(made);
            var next = new KeyRecord(made.signer().keyId(), made.kept(), now, sign, Optional.empty(), by);
            var changes = new ArrayList<>(others);
            changes.add(next);
            var outcome = write(seen, now, changes, Optional.of(next));
            if (outcome instanceof Outcome.Overtaken) {
                making.discard(made);
            }
            return outcome;
        } catch (SignerUnavailable cannotSign) {
            making.discard(made);
            throw cannotSign;
        }
    }

    private Outcome write(KeyStore.Keys seen, Instant now, List<KeyRecord> changes, Optional<KeyRecord> made) {
        var all = new ArrayList<>(changes);
        written(seen, now).stream()
                .filter(key ->
                        changes.stream().noneMatch(change -> change.keyId().equals(key.keyId())))
                .forEach(all::add);
        // The first change writes the deployed key down, too: the table must not know the next key alone.
        if (!store.write(seen, seen.schedule().keys().isEmpty() ? all : changes)) {
            return new Outcome.Overtaken();
        }
        return new Outcome.Changed(new KeySchedule(all), made);
    }

    /** What the table knows; before the first rotation, the deployed key as it would stand there. */
    private List<KeyRecord> written(KeyStore.Keys seen, Instant now) {
        if (!seen.schedule().keys().isEmpty()) {
            return seen.schedule().keys();
        }
        // Dated back: so that it signs at once on an instance whose clock is behind as well.
        var before = now.minus(KeySchedule.RETIREMENT);
        return deployed.stream()
                .map(key -> new KeyRecord(key.signer().keyId(), key.kept(), before, before, Optional.empty(), by))
                .toList();
    }

    private static Optional<KeyRecord> newest(KeySchedule schedule, Instant now) {
        return schedule.keys().stream()
                .filter(key -> schedule.phase(key, now) != KeyPhase.REMOVED)
                .reduce((older, newer) -> newer);
    }

    private static void prove(NewKey made) throws SignerUnavailable {
        var signature = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(made.signer().sign(PROBE));
        if (!Es256PublicKey.of(made.signer().publicKeys()).verifies(PROBE, signature)) {
            throw new SignerUnavailable(
                    SignerUnavailable.Why.WRONG_KIND, "the new key's signature does not match its public key");
        }
    }
}

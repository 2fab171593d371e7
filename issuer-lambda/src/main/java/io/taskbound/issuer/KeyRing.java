// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.json.JsonObject;
import io.taskbound.ledger.KeyStore;
import io.taskbound.token.KeyPhase;
import io.taskbound.token.KeyRecord;
import io.taskbound.token.KeySchedule;
import io.taskbound.token.PublicKeySet;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import io.taskbound.token.TaskSigner;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The signing keys of a deployed issuer: those in the table, each in the phase that follows from its dates and the
 * clock. Before the first rotation the table has none, and the key that the stack was deployed with signs. If the table
 * does not answer, the known keys continue by their dates.
 *
 * <p>The table's word about a key is not trusted: a key is published only if its private half could be opened, or KMS
 * has returned its public half, and the key id matches. So write access to the table is not enough to publish one's own
 * key.
 */
public final class KeyRing implements SigningKeys {
    /** Instances follow a rotation within twice this. */
    static final Duration PERIOD = Duration.ofSeconds(30);

    private final Supplier<KeyStore.Keys> reading;
    private final Opening opening;
    private final Optional<TaskSigner> deployed;
    private final Consumer<String> operatorLog;
    private final Polling due;
    private final Map<String, TaskSigner> opened = new HashMap<>();
    private KeySchedule schedule;
    private volatile Present present;

    /** Opens the private half of a key, or the way to it. */
    @FunctionalInterface
    public interface Opening {
        TaskSigner open(KeyRecord key) throws SignerUnavailable;
    }

    /** @param until when it may next change */
    private record Present(Optional<TaskSigner> signing, JsonObject published, Instant until) {}

    private KeyRing(
            KeyStore.Keys first,
            Supplier<KeyStore.Keys> reading,
            Opening opening,
            Optional<TaskSigner> deployed,
            Consumer<String> operatorLog,
            Instant now)
            throws SignerUnavailable {
        this.reading = reading;
        this.opening = opening;
        this.deployed = deployed;
        this.operatorLog = operatorLog;
        this.due = new Polling(PERIOD, Optional.of(now), operatorLog);
        this.schedule = checked(first);
        this.present = at(now);
    }

    /**
     * @param first what the table knows now
     * @param reading reads the table from then on; may throw {@link io.taskbound.ledger.LedgerUnavailable}
     * @param deployed the key that signs while the table knows none
     * @param operatorLog hears of a key that cannot be opened
     * @throws SignerUnavailable when nothing can be signed now
     */
    public static KeyRing open(
            KeyStore.Keys first,
            Supplier<KeyStore.Keys> reading,
            Opening opening,
            Optional<TaskSigner> deployed,
            Consumer<String> operatorLog,
            Instant now)
            throws SignerUnavailable {
        var ring = new KeyRing(first, reading, opening, deployed, operatorLog, now);
        ring.signing();
        return ring;
    }

    @Override
    public void follow(Instant now) {
        due.comeBy(now, this::look);
        if (!now.isBefore(present.until())) {
            moveOn(now);
        }
    }

    @Override
    public TaskSigner signing() throws SignerUnavailable {
        return present.signing()
                .orElseThrow(() -> new SignerUnavailable(
                        SignerUnavailable.Why.ABSENT, "no signing key is in its time, or it cannot be opened"));
    }

    @Override
    public JsonObject published() {
        return present.published();
    }

    private void look(Instant now) {
        var read = reading.get();
        synchronized (this) {
            // A table that has lost its keys is not a reason to return to the first key.
            if (!read.schedule().keys().isEmpty() || schedule.keys().isEmpty()) {
                schedule = read.schedule();
            }
        }
        moveOn(now);
    }

    private static KeySchedule checked(KeyStore.Keys read) throws SignerUnavailable {
        if (read.version() > 0 && read.schedule().keys().isEmpty()) {
            throw new SignerUnavailable(
                    SignerUnavailable.Why.ABSENT,
                    "the table had signing keys and has none; restore them from a backup");
        }
        return read.schedule();
    }

    private synchronized void moveOn(Instant now) {
        var next = at(now);
        // The same object while nothing moved: the verifier goes by it.
        present = next.published().equals(present.published())
                ? new Present(next.signing(), present.published(), next.until())
                : next;
    }

    private synchronized Present at(Instant now) {
        if (schedule.keys().isEmpty()) {
            var keys = deployed.map(TaskSigner::publicKeys).orElseGet(() -> PublicKeySet.joined(List.of()));
            return new Present(deployed, keys, Instant.MAX);
        }
        var published = new ArrayList<TaskSigner>();
        schedule.published(now).forEach(key -> tryOpen(key).ifPresent(published::add));
        opened.keySet()
                .removeIf(kid -> schedule.published(now).stream()
                        .noneMatch(key -> key.keyId().equals(kid)));
        var signing = schedule.signing(now).map(KeyRecord::keyId).map(opened::get);
        return new Present(signing, PublicKeySet.joined(published), nextDate(now));
    }

    private Optional<TaskSigner> tryOpen(KeyRecord key) {
        var known = Optional.ofNullable(opened.get(key.keyId()));
        if (known.isPresent()) {
            return known;
        }
        try {
            var signer = opening.open(key);
            if (!signer.keyId().equals(key.keyId())) {
                throw new SignerUnavailable(SignerUnavailable.Why.WRONG_KIND, "not the key that its record names");
            }
            opened.put(key.keyId(), signer);
            return Optional.of(signer);
        } catch (SignerUnavailable triedAgainAtTheNextLook) {
            operatorLog.accept("taskbound: signing key " + key.keyId() + " cannot be opened: "
                    + triedAgainAtTheNextLook.getMessage());
            return Optional.empty();
        }
    }

    private Instant nextDate(Instant now) {
        return schedule.keys().stream()
                .filter(key -> schedule.phase(key, now) != KeyPhase.REMOVED)
                .flatMap(key -> schedule.dates(key, now))
                .filter(now::isBefore)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A state of the model: one token at most, its run's control item, the deny list, the time, and how far each client is.
 * Equal worlds have equal futures.
 *
 * @param now 0; 1 when the first lease is over; {@link #EXPIRY} when the token is
 * @param held somebody has the signed token and can present it
 */
record ModelWorld(
        Optional<Row> row,
        boolean runClosed,
        Deny deny,
        int now,
        boolean held,
        boolean closeAcknowledged,
        boolean denyAcknowledged,
        List<Client> clients) {
    static final int EXPIRY = 2;
    static final int USES = 2;

    /** What a client is about. */
    enum Verb {
        MINT,
        CLOSE,
        CLOSE_ALL,
        /** Answers when the control item is written: there is no time for the records. */
        CLOSE_ALL_IN_HASTE,
        RENEW,
        REDEEM,
        /** Redeems under the one key that all retries share. */
        RETRY,
        LOOK,
        DENY,
        EXPIRE
    }

    /**
     * A client and where it is.
     *
     * @param next the request that it makes next; {@link #DONE} when it got its answer or died
     * @param mayLose one answer may still be lost to it, whereupon the SDK repeats the request
     * @param seen what its last read told it
     */
    record Client(int id, Verb verb, int next, boolean mayLose, Seen seen, Optional<String> answer) {
        static final int DONE = -1;

        static Client starting(int id, Verb verb) {
            return new Client(id, verb, 0, true, Seen.NOTHING, Optional.empty());
        }

        Client at(int step) {
            return new Client(id, verb, step, mayLose, seen, answer);
        }

        Client seeing(Seen more) {
            return new Client(id, verb, next, mayLose, more, answer);
        }

        Client answered(String what) {
            return new Client(id, verb, DONE, false, Seen.NOTHING, Optional.of(what));
        }

        Client dead() {
            return new Client(id, verb, DONE, false, Seen.NOTHING, Optional.empty());
        }

        Client hearingNothing() {
            return new Client(id, verb, next, false, seen, answer);
        }

        String key() {
            return verb == Verb.RETRY ? "shared" : "own" + id;
        }
    }

    /**
     * The deny list, with one entry at most, which names the token.
     *
     * @param knownVersion what the clients' ledger read last, and kept
     */
    record Deny(boolean entry, int version, int knownVersion, boolean knownEntry) {
        static final Deny EMPTY = new Deny(false, 0, 0, false);

        Deny written() {
            return new Deny(true, version, knownVersion, knownEntry);
        }

        Deny moved() {
            return new Deny(entry, version + 1, knownVersion, knownEntry);
        }

        Deny readAs(int readVersion) {
            return new Deny(entry, version, readVersion, entry);
        }
    }

    /** What a read showed, until the verb ends. */
    record Seen(boolean alive, boolean shut, int version, boolean acknowledged) {
        static final Seen NOTHING = new Seen(false, false, 0, false);
    }

    /** @param uses use key to the client whose write counted it */
    record Row(int writtenBy, boolean active, int left, int deadline, Map<String, Integer> uses) {
        static Row fresh(int writtenBy) {
            return new Row(writtenBy, true, USES, 1, Map.of());
        }

        boolean inTime(int now) {
            return now < EXPIRY && now < deadline;
        }

        boolean alive(int now) {
            return active && inTime(now) && left > 0;
        }

        Row closed() {
            return new Row(writtenBy, false, left, deadline, uses);
        }

        Row renewedAt(int now) {
            return new Row(writtenBy, active, left, Math.min(now + 1, EXPIRY), uses);
        }
    }

    ModelWorld row(Row changed) {
        return new ModelWorld(
                Optional.of(changed), runClosed, deny, now, held, closeAcknowledged, denyAcknowledged, clients);
    }

    ModelWorld closingRun() {
        return new ModelWorld(row, true, deny, now, held, closeAcknowledged, denyAcknowledged, clients);
    }

    ModelWorld deny(Deny changed) {
        return new ModelWorld(row, runClosed, changed, now, held, closeAcknowledged, denyAcknowledged, clients);
    }

    ModelWorld tick() {
        return new ModelWorld(row, runClosed, deny, now + 1, held, closeAcknowledged, denyAcknowledged, clients);
    }

    ModelWorld holding() {
        return new ModelWorld(row, runClosed, deny, now, true, closeAcknowledged, denyAcknowledged, clients);
    }

    ModelWorld acknowledgingClose() {
        return new ModelWorld(row, runClosed, deny, now, held, true, denyAcknowledged, clients);
    }

    ModelWorld acknowledgingDeny() {
        return new ModelWorld(row, runClosed, deny, now, held, closeAcknowledged, true, clients);
    }

    ModelWorld with(Client changed) {
        var all = clients.stream()
                .map(client -> client.id() == changed.id() ? changed : client)
                .toList();
        return new ModelWorld(row, runClosed, deny, now, held, closeAcknowledged, denyAcknowledged, all);
    }

    boolean aliveAndHeld() {
        return held && !runClosed && row.filter(token -> token.alive(now)).isPresent();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.publish;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.PolicyVersion;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Puts one text in force: its number is claimed, then the text written, then the head moved, if the head still stands
 * where the publisher saw it. Until the last step issuers see nothing of it. May throw
 * {@link io.taskbound.ledger.LedgerUnavailable}.
 */
final class Publication {
    private final PolicyStore store;
    private final String table;
    private final Optional<PolicyKey> key;
    private final String by;

    /**
     * @param table its name, as the signed statement has it
     * @param key who signs; empty leaves the version unsigned
     * @param by who publishes, as AWS names them
     */
    Publication(PolicyStore store, String table, Optional<PolicyKey> key, String by) {
        this.store = store;
        this.table = table;
        this.key = key;
        this.by = by;
    }

    sealed interface Outcome {
        record InForce(PolicyRelease release) implements Outcome {}

        /** Somebody else has published meanwhile, or is about to; the head is theirs. */
        record Overtaken() implements Outcome {}
    }

    /**
     * @param seen the number that the head had when the difference was shown
     * @param hash of the text
     */
    Outcome publish(long seen, String canonicalJson, String hash, Optional<String> message, Instant now)
            throws Complaint {
        var release = signed(new PolicyRelease(
                new PolicyVersion(next(seen), hash),
                seen,
                PolicyStore.partsOf(canonicalJson),
                // As the table keeps it: the statement that was signed must be the one that is read again.
                now.truncatedTo(ChronoUnit.MILLIS),
                by,
                message,
                Optional.empty()));
        if (!store.claim(release)) {
            return new Outcome.Overtaken();
        }
        store.write(release, canonicalJson);
        return store.moveHead(release) ? new Outcome.InForce(release) : new Outcome.Overtaken();
    }

    /** Above every number that was ever claimed: a publisher that died has left one that nobody may use again. */
    private long next(long seen) throws Complaint {
        long highest = store.log().stream()
                .mapToLong(release -> release.version().number())
                .reduce(seen, Math::max);
        if (highest == Long.MAX_VALUE) {
            throw Complaint.refused(
                    "The table has a policy version with the highest possible number, which no publisher can"
                            + " have made.",
                    "Find out who can write to the table's POLICY items, and remove that item.");
        }
        return highest + 1;
    }

    private PolicyRelease signed(PolicyRelease release) throws Complaint {
        return key.isPresent() ? key.get().sign(release, table) : release;
    }
}

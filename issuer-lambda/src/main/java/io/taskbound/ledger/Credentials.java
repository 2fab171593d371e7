// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The foreign credentials of tokens: one item for each token that has one, written before the foreign service is asked,
 * so that whoever dies in between leaves a trace. Each method may throw {@link LedgerUnavailable}.
 */
public interface Credentials {
    /** The index of those that are to be looked at is cut into so many parts. */
    int SHARDS = 8;

    /** What a delivery counts as, for each object of authorization_details. */
    String ACTION = "credential";

    /** The token, its run's closings, the deny list and the credential, each as its latest write left it. */
    Look look(Jti jti);

    /**
     * A token and its credential.
     *
     * @param credential absent if none was ever asked for
     */
    record Look(Lookup token, Optional<CredentialRecord> credential) {}

    /**
     * Counts a delivery as one use of each object, in one conditional write; once it is counted, again is no further
     * use. Empty if the token died meanwhile, or has another holder. The deny list and what was closed of the run are
     * not read here.
     *
     * @param seen as {@link #look} found it
     */
    Optional<TokenRecord> count(TokenRecord seen, HolderChallenge holder, Instant now);

    /** Whether a delivery was counted. */
    static boolean isCounted(TokenRecord token) {
        return token.uses().remembered().containsKey(CredentialItem.useKey(0));
    }

    /**
     * Writes what is now known, unless somebody has written since it was seen.
     *
     * @return the record as it is written; empty if somebody was quicker
     */
    Optional<CredentialRecord> write(CredentialRecord next, Optional<CredentialRecord> seen);

    /**
     * Those of a shard that are to be looked at by now, the longest due first. The index may lag behind the items.
     *
     * @param next takes one, and says whether it wants another
     * @return whether it saw all of them
     */
    boolean due(int shard, Instant now, Predicate<Jti> next);
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.model;

/** What all actors share: the time, the table's items, and what has been told to somebody outside. */
enum Cell {
    /** The true time, in ticks. */
    TIME,
    POLICY_ALLOWS,
    /** {@code iat} of the proof; later than the true time where the provider's clock is ahead. */
    PROOF_ISSUED,
    /** From the mint to the expiry, in ticks. */
    LIFE,

    // the token's item; absent while STATE is
    STATE,
    MARK,
    CLIENT,
    ISSUED,
    EXPIRES,
    /** Of the lease, in ticks; absent without one. */
    LEASE,
    DEADLINE,
    LIMITED,
    LEFT,
    COUNT,
    /** Use keys, one bit each. */
    USES,
    /** The actor whose write counted the use that all retries share. */
    SHARED_USE_BY,
    UNSIGNED,
    CAUSE,
    ENDED_AT,
    CLOSING_MARK,
    INDEXED,
    INDEX_DEADLINE,
    /** What an index that lags may still show: the entry before the last change. */
    STALE_INDEX,

    // the run's control item
    RUN_CLOSED,
    RUN_CLOSED_FIRST,
    RUN_CLOSED_PROOFS,
    JOB_CLOSED,
    JOB_CLOSED_FIRST,
    JOB_CLOSED_PROOFS,
    /** When it was said that the run has ended. */
    RUN_ENDED,

    // the deny list, and what the issuer last read of it
    DENY_ENTRY,
    DENY_SINCE,
    DENY_UNTIL,
    DENY_VERSION,
    KNOWN_VERSION,
    KNOWN_ENTRY,
    KNOWN_SINCE,
    KNOWN_UNTIL,

    // what was told, and what would be wrong to tell again
    /** Clients that were given the signed token, one bit each. */
    HELD,
    CLOSE_TOLD,
    /** A closing was told that had time for all records. */
    WHOLE_TOLD,
    DENY_TOLD,
    /** Who wrote the end. */
    ENDED_BY,
    END_WRITES,
    ENDED_LINES,
    MISSING_LINES,
    /** Who wrote the end died before it could say so. */
    SPEAKER_DEAD,
    LIFTS
}

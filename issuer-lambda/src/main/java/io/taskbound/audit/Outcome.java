// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

/** How a decision ended, as the audit log names it. */
public enum Outcome {
    GRANTED,
    /** A lost answer was given again: no new token. */
    REPEATED,
    WOULD_GRANT,
    RENEWED,
    CLOSED,
    /** A close that found nothing to close. */
    UNCHANGED,
    ACTIVE,
    INACTIVE,
    REFUSED,
    /** Failed closed: ledger, provider keys or signer out of reach. */
    UNAVAILABLE,
    /** Another version of the policy decides from now on, in this instance. */
    IN_FORCE
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

/** The outcome of a decision, as the audit log names it. */
public enum Outcome {
    GRANTED("granted"),
    /** A lost answer was given again: no new token. */
    REPEATED("repeated"),
    WOULD_GRANT("would_grant"),
    RENEWED("renewed"),
    CLOSED("closed"),
    /** A close that found nothing to close. */
    UNCHANGED("unchanged"),
    ACTIVE("active"),
    INACTIVE("inactive"),
    /** A credential was handed out. */
    DELIVERED("delivered"),
    /** A receipt was made. */
    SIGNED("signed"),
    REFUSED("refused"),
    /** People were asked to approve. */
    REQUESTED("requested"),
    /** A person approved. */
    APPROVED("approved"),
    /** A person said no. */
    DENIED("denied"),
    /** Failed closed: ledger, provider keys or signer out of reach. */
    UNAVAILABLE("unavailable"),
    /** A token's end is written. */
    ENDED("ended"),
    /** The close of a token never came. */
    MISSING("missing"),
    /** Another version of the policy decides from now on, in this instance. */
    IN_FORCE("in_force");

    private final String wire;

    Outcome(String wire) {
        this.wire = wire;
    }

    /** As the audit log writes it. */
    public String wire() {
        return wire;
    }
}

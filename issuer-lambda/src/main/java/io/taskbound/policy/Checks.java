// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** How a resource server learns that a token is dead. */
public enum Checks {
    /** It redeems each use at the issuer; the only way in which uses are counted. */
    REDEEM("redeem"),
    /** It asks the issuer (RFC 7662). */
    INTROSPECT("introspect"),
    /** It reads a published status list: a token that has ended is accepted for about a minute more. */
    STATUS("status"),
    /** It does not ask: it accepts a closed token until that expires. */
    OFFLINE("offline"),
    /**
     * It knows nothing of tokens: the issuer hands the step a credential of the service's own. No policy writes this
     * word; a server's {@code kind} says it.
     */
    DELIVERED("delivered");

    private final String word;

    Checks(String word) {
        this.word = word;
    }

    /** Whether it believes what is signed without asking the issuer, and so also what a stolen key signs. */
    public boolean trustsSignatures() {
        return this == STATUS || this == OFFLINE;
    }

    /** As a policy writes it, and as people are told. */
    public String word() {
        return word;
    }
}

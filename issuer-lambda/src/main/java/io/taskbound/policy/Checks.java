// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

/** How a resource server learns that a token is dead. */
public enum Checks {
    /** It redeems each use at the issuer; the only way in which uses are counted. */
    REDEEM("redeem"),
    /** It asks the issuer (RFC 7662). */
    INTROSPECT("introspect"),
    /** It reads a published status list. Reserved: a policy that names it does not load yet. */
    STATUS("status"),
    /** It does not ask: it accepts a closed token until that expires. */
    OFFLINE("offline");

    private final String word;

    Checks(String word) {
        this.word = word;
    }

    /** As a policy writes it. */
    String word() {
        return word;
    }
}

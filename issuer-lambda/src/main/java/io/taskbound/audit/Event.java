// SPDX-License-Identifier: Apache-2.0
package io.taskbound.audit;

/** What was asked of the issuer, as the audit log names it. */
public enum Event {
    MINT("mint"),
    DRY_RUN("dry_run"),
    RENEW("renew"),
    CLOSE("close"),
    INTROSPECT("introspect"),
    REDEEM("redeem"),
    /** A policy enforcement point asked what a token permits; counted like a redeem where it names its use. */
    EVALUATE("evaluate"),
    /** People were asked to approve a request, or one of them decided. */
    APPROVAL("approval"),
    /** What the ledger knows of one token, signed. */
    RECEIPT("receipt"),
    /** A foreign service's credential for one step. */
    CREDENTIAL("credential"),
    /** Such a credential has ended, could not be ended, or is not known to have been made. */
    CREDENTIAL_END("credential_end"),
    /** A token has ended; written once for each, by whoever wrote the end to its record. */
    ENDED("ended"),
    /** A token with a lease has ended that nobody closed and nobody spent. */
    MISSING_CLOSE("missing_close"),
    /** A request that named no verb we know, or whose form could not be read. */
    REQUEST("request"),
    /** Another version of the policy was published. */
    POLICY("policy"),
    /** A CI system told of a job or a run. */
    HOOK("hook");

    private final String wire;

    Event(String wire) {
        this.wire = wire;
    }

    /** As the audit log writes it. */
    public String wire() {
        return wire;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.approval.ApprovalId;
import io.taskbound.approval.Decision;
import io.taskbound.approval.Declaration;
import io.taskbound.identity.Person;
import io.taskbound.policy.Approval;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the ledger knows about one request for approval.
 *
 * @param declaration exactly what is to be approved
 * @param approval whose approval the policy wanted when it was requested
 * @param proofIssued {@code iat} of the ID token that requested it: tells whether its run was closed since
 * @param requested when
 * @param until when it may no longer be decided on or used
 * @param decisions in their order
 * @param use the token that was granted for it
 */
public record ApprovalRecord(
        Declaration declaration,
        Approval approval,
        Instant proofIssued,
        Instant requested,
        Instant until,
        List<Decision> decisions,
        Optional<Use> use) {
    /**
     * What an approval was used for.
     *
     * @param at when the token was asked for
     */
    public record Use(Jti token, Instant at) {}

    public ApprovalRecord {
        decisions = List.copyOf(decisions);
    }

    /** Who started the run, by an immutable id, where its ID tokens tell. */
    public Optional<Person> starter() {
        return declaration.starter();
    }

    public ApprovalId id() {
        return declaration.id();
    }

    /** How many people have approved it. */
    public int approvals() {
        return (int) decisions.stream().filter(Decision::approved).count();
    }

    /** How it stands at {@code now}, as far as the record alone tells. */
    public Standing standing(Instant now) {
        if (decisions.stream().anyMatch(decision -> !decision.approved())) {
            return Standing.DENIED;
        }
        if (use.isPresent()) {
            return Standing.USED;
        }
        if (!now.isBefore(until)) {
            return Standing.EXPIRED;
        }
        return approvals() >= approval.count() ? Standing.APPROVED : Standing.PENDING;
    }

    /** How a request for approval stands. */
    public enum Standing {
        PENDING("pending"),
        APPROVED("approved"),
        DENIED("denied"),
        USED("used"),
        EXPIRED("expired");

        private final String wire;

        Standing(String wire) {
            this.wire = wire;
        }

        public String wire() {
            return wire;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.approval.ApprovalId;
import io.taskbound.approval.Decision;
import io.taskbound.identity.ProofKeys;
import io.taskbound.ledger.ApprovalRecord;
import io.taskbound.ledger.Approvals;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** No task that is measured here needs an approval. */
final class NoApprovals implements Approvals {
    static final Approvals NONE = new NoApprovals();

    private NoApprovals() {}

    @Override
    public Asked ask(ApprovalRecord wanted, Instant now) {
        throw notPartOfThis();
    }

    @Override
    public Optional<ApprovalRecord> find(ApprovalId id) {
        throw notPartOfThis();
    }

    @Override
    public Optional<Found> look(ApprovalId id) {
        throw notPartOfThis();
    }

    @Override
    public List<Found> pending(Instant now, Predicate<Found> wanted, int most) {
        throw notPartOfThis();
    }

    @Override
    public boolean useUp(ProofKeys proof, Instant until) {
        throw notPartOfThis();
    }

    @Override
    public Optional<ApprovalRecord> decide(ApprovalRecord seen, Decision decision) {
        throw notPartOfThis();
    }

    @Override
    public boolean claim(ApprovalRecord seen, Jti token, Instant now) {
        throw notPartOfThis();
    }

    @Override
    public boolean holds(ApprovalId id, Jti token) {
        throw notPartOfThis();
    }

    private static UnsupportedOperationException notPartOfThis() {
        return new UnsupportedOperationException("not part of what is measured");
    }
}

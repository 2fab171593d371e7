// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

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
import java.util.function.Supplier;

/** Approvals that answer as others do, timed as a part of the ledger. */
record WatchedApprovals(Approvals approvals, Stopwatch watch) implements Approvals {
    @Override
    public Asked ask(ApprovalRecord wanted, Instant now) {
        return timed(() -> approvals.ask(wanted, now));
    }

    @Override
    public Optional<ApprovalRecord> find(ApprovalId id) {
        return timed(() -> approvals.find(id));
    }

    @Override
    public Optional<Found> look(ApprovalId id) {
        return timed(() -> approvals.look(id));
    }

    @Override
    public List<Found> pending(Instant now, Predicate<Found> wanted, int most) {
        return timed(() -> approvals.pending(now, wanted, most));
    }

    @Override
    public boolean useUp(ProofKeys proof, Instant until) {
        return timed(() -> approvals.useUp(proof, until));
    }

    @Override
    public Optional<ApprovalRecord> decide(ApprovalRecord seen, Decision decision) {
        return timed(() -> approvals.decide(seen, decision));
    }

    @Override
    public boolean claim(ApprovalRecord seen, Jti token, Instant now) {
        return timed(() -> approvals.claim(seen, token, now));
    }

    @Override
    public boolean holds(ApprovalId id, Jti token) {
        return timed(() -> approvals.holds(id, token));
    }

    private <T> T timed(Supplier<T> work) {
        return watch.time(TimedPart.LEDGER, work);
    }
}

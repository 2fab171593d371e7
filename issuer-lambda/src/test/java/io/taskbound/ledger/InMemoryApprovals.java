// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.approval.ApprovalId;
import io.taskbound.approval.Decision;
import io.taskbound.identity.ProofKeys;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** What {@link Approvals} promise, in the simplest form. */
final class InMemoryApprovals implements Approvals {
    private final InMemoryLedger ledger;
    private final Map<ApprovalId, ApprovalRecord> records = new LinkedHashMap<>();
    private final Map<ApprovalId, Instant> asked = new HashMap<>();
    private final Set<String> usedUp = new HashSet<>();

    InMemoryApprovals(InMemoryLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public synchronized Asked ask(ApprovalRecord wanted, Instant now) {
        var there = records.get(wanted.id());
        if (there != null) {
            boolean tooSoon = asked.get(wanted.id()).isAfter(now.minus(INTERVAL.dividedBy(2)));
            if (!tooSoon) {
                asked.put(wanted.id(), now);
            }
            return new Asked.There(there, tooSoon);
        }
        if (records.keySet().stream()
                        .filter(id -> id.run().equals(wanted.id().run()))
                        .count()
                >= MOST_OF_RUN) {
            return new Asked.TooMany();
        }
        records.put(wanted.id(), wanted);
        asked.put(wanted.id(), now);
        return new Asked.Requested(wanted);
    }

    @Override
    public synchronized Optional<ApprovalRecord> find(ApprovalId id) {
        return Optional.ofNullable(records.get(id));
    }

    @Override
    public synchronized Optional<Found> look(ApprovalId id) {
        return find(id).map(record -> new Found(
                record,
                ledger.closings(id.run())
                        .first(
                                record.declaration().job(),
                                record.declaration().stableSubject(),
                                record.proofIssued(),
                                record.requested())
                        .isPresent()));
    }

    @Override
    public synchronized List<Found> pending(Instant now, Predicate<Found> wanted, int most) {
        return records.values().stream()
                .filter(record -> record.standing(now) == ApprovalRecord.Standing.PENDING)
                .filter(record -> record.requested().isAfter(now.minus(Duration.ofDays(1))))
                .sorted(Comparator.comparing(ApprovalRecord::requested).reversed())
                .map(record -> look(record.id()).orElseThrow())
                .filter(wanted)
                .limit(most)
                .toList();
    }

    @Override
    public synchronized boolean useUp(ProofKeys proof, Instant until) {
        return usedUp.add(proof.runKey() + proof.proofKey());
    }

    @Override
    public synchronized Optional<ApprovalRecord> decide(ApprovalRecord seen, Decision decision) {
        var there = records.get(seen.id());
        if (there.use().isPresent() || !there.decisions().equals(seen.decisions())) {
            return Optional.empty();
        }
        var decisions = new ArrayList<>(there.decisions());
        decisions.add(decision);
        return Optional.of(keep(there, decisions, there.use()));
    }

    private ApprovalRecord keep(ApprovalRecord there, List<Decision> decisions, Optional<ApprovalRecord.Use> use) {
        var after = new ApprovalRecord(
                there.declaration(),
                there.approval(),
                there.proofIssued(),
                there.requested(),
                there.until(),
                decisions,
                use);
        records.put(after.id(), after);
        return after;
    }

    @Override
    public synchronized boolean claim(ApprovalRecord seen, Jti token, Instant now) {
        var there = records.get(seen.id());
        var holder = there.use();
        boolean free = holder.isEmpty()
                || holder.get().token().equals(token)
                || (now.isAfter(holder.get().at().plus(Budgets.UNWRITTEN))
                        && ledger.find(holder.get().token()).isEmpty());
        if (!free || !there.decisions().equals(seen.decisions())) {
            return false;
        }
        keep(there, there.decisions(), Optional.of(new ApprovalRecord.Use(token, now)));
        return true;
    }

    @Override
    public synchronized boolean holds(ApprovalId id, Jti token) {
        return find(id).flatMap(ApprovalRecord::use)
                .filter(use -> use.token().equals(token))
                .isPresent();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.ledger.Redemption.First;
import io.taskbound.ledger.Redemption.Refused;
import io.taskbound.ledger.Redemption.Repeat;
import io.taskbound.ledger.Redemption.Why;
import io.taskbound.task.TaskName;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The ledger's contract in the simplest form: one lock, plain Java. For tests that need a ledger and not a database.
 */
public class InMemoryLedger implements Ledger {
    private final Map<Jti, TokenRecord> tokens = new LinkedHashMap<>();
    private final Map<String, Map<ControlLine, RunControl>> closings = new HashMap<>();
    private final List<DenyEntry> denied = new ArrayList<>();
    private final InMemoryStatusLists statusLists = new InMemoryStatusLists();
    private final InMemoryBudgets budgets = new InMemoryBudgets(this);
    private final InMemoryApprovals approvals = new InMemoryApprovals(this);
    private final InMemoryKeyProofs keyProofs = new InMemoryKeyProofs();
    private final InMemoryCredentials credentials = new InMemoryCredentials(this);

    @Override
    public synchronized Minted mint(TokenRecord token) {
        var there = tokens.putIfAbsent(token.jti(), token);
        return there == null ? new Minted.Recorded() : new Minted.Existing(there);
    }

    @Override
    public synchronized Blocks blocks(String runKey) {
        return new Blocks(closings(runKey), denyList());
    }

    RunClosings closings(String runKey) {
        return new RunClosings(closings.getOrDefault(runKey, Map.of()));
    }

    private RunControl said(String runKey, ControlLine line) {
        return closings(runKey).lines().getOrDefault(line, RunControl.OPEN);
    }

    private void say(String runKey, ControlLine line, RunControl control) {
        closings.computeIfAbsent(runKey, each -> new HashMap<>()).put(line, control);
    }

    @Override
    public synchronized Optional<TokenRecord> find(Jti jti) {
        return Optional.ofNullable(tokens.get(jti));
    }

    @Override
    public synchronized Lookup lookUp(Jti jti) {
        return new Lookup(find(jti).map(closings(jti.run())::standing), denyList());
    }

    @Override
    public synchronized Renewal renew(Jti jti, HolderChallenge holder, Instant now) {
        var there = find(jti);
        var renewable = there.filter(token -> token.livenessAt(now) == Liveness.ALIVE)
                .filter(token -> token.life().lease().isPresent())
                .filter(token -> token.holder().equals(Optional.of(holder)));
        if (renewable.isEmpty()) {
            return new Renewal.Dead(there);
        }
        return new Renewal.Renewed(keep(leased(renewable.get(), now)));
    }

    private static TokenRecord leased(TokenRecord token, Instant now) {
        var expires = token.life().expires();
        var deadline = token.life().lease().map(now::plus).filter(end -> end.isBefore(expires));
        return new SampleToken(token).withMark(deadline.orElse(expires), false).record();
    }

    @Override
    public synchronized Redemption redeem(TokenRecord seen, int object, String action, String useKey, Instant now) {
        var there = find(seen.jti());
        if (there.isEmpty()) {
            return new Redemption.Unknown();
        }
        var token = there.get();
        var use = new RecordedUse(now, object, action);
        var liveness = token.livenessAt(now);
        if (liveness == Liveness.CLOSED || liveness == Liveness.REVOKED) {
            return new Refused(token, Why.CLOSED);
        }
        if (token.life()
                .leaseDeadline()
                .filter(end -> end.isBefore(token.life().expires()) && !end.isAfter(now))
                .isPresent()) {
            return new Refused(token, Why.LAPSED);
        }
        if (!token.life().expires().isAfter(now)) {
            return new Refused(token, Why.EXPIRED);
        }
        if (!token.grant().details().equals(seen.grant().details())) {
            return new Refused(token, Why.NOT_PERMITTED);
        }
        if (token.uses().remembered().containsKey(useKey)) {
            var before = token.uses().remembered().get(useKey);
            return before.object() == object && before.action().equals(action)
                    ? new Repeat(token)
                    : new Refused(token, Why.NOT_PERMITTED);
        }
        if (token.uses().max().isPresent() && object >= token.uses().left().size()) {
            return new Refused(token, Why.NOT_PERMITTED);
        }
        if (token.uses().max().isPresent() && token.uses().left().get(object) == 0) {
            return new Refused(token, Why.SPENT);
        }
        var used = used(token, useKey, use);
        return new First(keep(used.isSpentWithoutEnd() ? spent(used, now) : used));
    }

    private static TokenRecord spent(TokenRecord token, Instant now) {
        var by = token.grant().server().value();
        return new SampleToken(token)
                .withClosure(new Closure(now, by, Cause.SPENT, Optional.empty()))
                .record();
    }

    private static TokenRecord used(TokenRecord token, String useKey, RecordedUse use) {
        var left = new ArrayList<>(token.uses().left());
        var uses = new LinkedHashMap<>(token.uses().remembered());
        if (token.uses().max().isPresent()) {
            left.set(use.object(), left.get(use.object()) - 1);
        }
        if (token.uses().max().isPresent() || uses.size() < Uses.MAX_REMEMBERED) {
            uses.put(useKey, use);
        }
        return new SampleToken(token).withUse(left, uses).record();
    }

    @Override
    public synchronized Optional<TokenRecord> close(Jti jti, Closure closure) {
        return find(jti).filter(token -> token.life().state() == State.ACTIVE).map(token -> {
            token.grant().status().ifPresent(statusLists::end);
            return keep(new SampleToken(token).withClosure(closure).record());
        });
    }

    @Override
    public synchronized ClosedAll closeAll(String runKey, Optional<String> job, Closure closure, Instant proofIssued) {
        var line = ControlLine.ofHolders(job);
        close(runKey, line, closure.at(), closure.at());
        if (proofIssued.isAfter(closure.at())) {
            var said = said(runKey, line);
            var proofs = later(said.closedProofs(), proofIssued);
            say(runKey, line, new RunControl(said.closedFirst(), said.closedBefore(), proofs, said.ended()));
        }
        return closeRecords(runKey, job, token -> true, closure, true);
    }

    private void close(String runKey, ControlLine line, Instant until, Instant at) {
        var said = said(runKey, line);
        var first = said.closedFirst().or(() -> Optional.of(at));
        say(runKey, line, new RunControl(first, later(said.closedBefore(), until), said.closedProofs(), said.ended()));
    }

    @Override
    public synchronized ClosedAll end(RunEnding ending, Closure closure) {
        var line = ControlLine.ofHook(ending);
        if (!ending.permanent()) {
            close(ending.runKey(), line, ending.until(), closure.at());
        } else if (ending.job().isEmpty() || endedJobs(ending.runKey(), line) < ControlItem.MOST_ENDED_JOBS) {
            closings.computeIfAbsent(ending.runKey(), each -> new HashMap<>())
                    .putIfAbsent(line, RunControl.endedAt(closure.at()));
        }
        return closeRecords(
                ending.runKey(),
                ending.job(),
                token -> ending.covers(
                        token.requester().stableSubject(),
                        token.requester().proofIssued(),
                        token.life().issued()),
                closure,
                closings(ending.runKey()).lines().containsKey(line));
    }

    private long endedJobs(String runKey, ControlLine line) {
        return closings(runKey).lines().keySet().stream()
                .filter(other -> other.job().isPresent() && other.hook().equals(line.hook()))
                .count();
    }

    private ClosedAll closeRecords(
            String runKey, Optional<String> job, Predicate<TokenRecord> covered, Closure closure, boolean kept) {
        var closed = new ArrayList<TokenRecord>();
        for (var token : List.copyOf(tokens.values())) {
            if (token.jti().run().equals(runKey)
                    && (job.isEmpty() || token.requester().job().equals(job))
                    && covered.test(token)) {
                close(token.jti(), closings(runKey).closure(token).orElse(closure))
                        .ifPresent(closed::add);
            }
        }
        return new ClosedAll(closed, true, kept);
    }

    private static Optional<Instant> later(Optional<Instant> before, Instant now) {
        return before.filter(now::isBefore).or(() -> Optional.of(now));
    }

    @Override
    public synchronized void markUnsigned(Jti jti) {
        find(jti)
                .filter(token -> token.life().state() == State.ACTIVE)
                .ifPresent(token -> keep(new SampleToken(token)
                        .withMark(token.life().expires(), true)
                        .record()));
    }

    @Override
    public synchronized boolean markSigned(Jti jti, Instant now) {
        var waiting = find(jti)
                .filter(token -> token.life().unsigned())
                .filter(token -> token.life().state() == State.ACTIVE
                        && now.isBefore(token.life().expires()));
        waiting.ifPresent(token -> keep(leased(token, now)));
        return waiting.isPresent();
    }

    /** Every later {@link #lookUp} and {@link #blocks} heeds it. */
    public synchronized void deny(DenyEntry entry) {
        denied.add(entry);
    }

    @Override
    public synchronized DenyList denyList() {
        return new DenyList(denied.size(), denied);
    }

    @Override
    public synchronized Iterator<TokenRecord> issued(TaskName task, Instant from, Instant to) {
        return tokens.keySet().stream()
                .flatMap(jti -> lookUp(jti).record().stream())
                .filter(token -> token.grant().task().equals(task))
                .filter(token -> !token.life().issued().isBefore(from)
                        && !token.life().issued().isAfter(to))
                .sorted(Comparator.comparing((TokenRecord token) -> token.life().issued())
                        .reversed())
                .toList()
                .iterator();
    }

    @Override
    public KeyProofs keyProofs() {
        return keyProofs;
    }

    @Override
    public StatusLists statusLists() {
        return statusLists;
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public Approvals approvals() {
        return approvals;
    }

    @Override
    public Budgets budgets() {
        return budgets;
    }

    /** Everything that is there, as it stands. */
    synchronized List<TokenRecord> all() {
        return tokens.values().stream()
                .map(token -> closings(token.jti().run()).standing(token))
                .toList();
    }

    TokenRecord keep(TokenRecord token) {
        tokens.put(token.jti(), token);
        return token;
    }
}

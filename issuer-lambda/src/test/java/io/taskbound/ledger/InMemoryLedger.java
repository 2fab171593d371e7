// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.ledger.Redemption.First;
import io.taskbound.ledger.Redemption.Refused;
import io.taskbound.ledger.Redemption.Repeat;
import io.taskbound.ledger.Redemption.Why;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The ledger's contract in the simplest form: one lock, plain Java. For tests that need a ledger and not a database.
 */
public class InMemoryLedger implements Ledger {
    private final Map<Jti, TokenRecord> tokens = new LinkedHashMap<>();
    private final Map<List<String>, Instant> closings = new HashMap<>();
    private final Map<List<String>, Instant> closedProofs = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final List<DenyEntry> denied = new ArrayList<>();
    private final InMemoryStatusLists statusLists = new InMemoryStatusLists();
    private final InMemoryBudgets budgets = new InMemoryBudgets(this);

    @Override
    public synchronized Minted mint(TokenRecord token) {
        var there = tokens.putIfAbsent(token.jti(), token);
        return there == null ? new Minted.Recorded() : new Minted.Existing(there);
    }

    @Override
    public synchronized Blocks blocks(String runKey) {
        return new Blocks(closings(runKey), denyList());
    }

    private RunClosings closings(String runKey) {
        var jobs = new HashMap<String, RunControl>();
        Stream.concat(closings.keySet().stream(), closedProofs.keySet().stream())
                .filter(key -> key.size() == 2 && key.get(0).equals(runKey))
                .forEach(key -> jobs.put(ControlItem.jobKey(key.get(1)), control(key)));
        return new RunClosings(control(List.of(runKey)), jobs);
    }

    private RunControl control(List<String> key) {
        return new RunControl(
                Optional.ofNullable(closings.get(key)),
                Optional.ofNullable(closedProofs.get(key)),
                key.size() == 1 && ended.contains(key.get(0)));
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
        var key = new ArrayList<>(List.of(runKey));
        job.ifPresent(key::add);
        closings.merge(List.copyOf(key), closure.at(), InMemoryLedger::later);
        if (proofIssued.isAfter(closure.at())) {
            closedProofs.merge(List.copyOf(key), proofIssued, InMemoryLedger::later);
        }
        var closed = new ArrayList<TokenRecord>();
        for (var token : List.copyOf(tokens.values())) {
            if (token.jti().run().equals(runKey)
                    && (job.isEmpty() || token.requester().job().equals(job))) {
                close(token.jti(), closure).ifPresent(closed::add);
            }
        }
        return new ClosedAll(closed, true);
    }

    @Override
    public synchronized ClosedAll end(RunEnding ending, Closure closure) {
        var key = new ArrayList<>(List.of(ending.runKey()));
        ending.job().ifPresent(key::add);
        closings.merge(List.copyOf(key), ending.until(), InMemoryLedger::later);
        if (ending.endsTheRun()) {
            ended.add(ending.runKey());
        }
        var closed = new ArrayList<TokenRecord>();
        for (var token : List.copyOf(tokens.values())) {
            var job = ending.job();
            if (token.jti().run().equals(ending.runKey())
                    && (job.isEmpty() || token.requester().job().equals(job))
                    && ending.covers(
                            token.requester().proofIssued(), token.life().issued())) {
                close(token.jti(), closure).ifPresent(closed::add);
            }
        }
        return new ClosedAll(closed, true);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
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
    public StatusLists statusLists() {
        return statusLists;
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

    private TokenRecord keep(TokenRecord token) {
        tokens.put(token.jti(), token);
        return token;
    }
}

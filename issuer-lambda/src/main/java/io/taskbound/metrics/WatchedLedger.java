// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.ledger.Approvals;
import io.taskbound.ledger.Blocks;
import io.taskbound.ledger.Budgets;
import io.taskbound.ledger.ClosedAll;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.DenyList;
import io.taskbound.ledger.KeyProofs;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Liveness;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.Minted;
import io.taskbound.ledger.Redemption;
import io.taskbound.ledger.Renewal;
import io.taskbound.ledger.RunEnding;
import io.taskbound.ledger.StatusLists;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.TaskName;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/** A ledger that answers as another does, timed; and the only place that sees every end of a token. */
record WatchedLedger(Ledger ledger, Stopwatch watch) implements Ledger {
    @Override
    public Minted mint(TokenRecord token) {
        return timed(() -> ledger.mint(token));
    }

    @Override
    public Blocks blocks(String runKey) {
        return timed(() -> ledger.blocks(runKey));
    }

    @Override
    public Optional<TokenRecord> find(Jti jti) {
        return timed(() -> ledger.find(jti));
    }

    @Override
    public Lookup lookUp(Jti jti) {
        return timed(() -> ledger.lookUp(jti));
    }

    @Override
    public Renewal renew(Jti jti, HolderChallenge holder, Instant now) {
        return timed(() -> ledger.renew(jti, holder, now));
    }

    @Override
    public Redemption redeem(TokenRecord seen, int object, String action, String useKey, Instant now) {
        var redemption = timed(() -> ledger.redeem(seen, object, action, useKey, now));
        if (redemption instanceof Redemption.First first && first.after().livenessAt(now) == Liveness.SPENT) {
            watch.counts().ended(TokenEnd.spent(first.after(), now));
        }
        return redemption;
    }

    @Override
    public Optional<TokenRecord> close(Jti jti, Closure closure) {
        var closed = timed(() -> ledger.close(jti, closure));
        closed.ifPresent(token -> ended(token, closure));
        return closed;
    }

    @Override
    public ClosedAll closeAll(String runKey, Optional<String> job, Closure closure, Instant proofIssued) {
        var closed = timed(() -> ledger.closeAll(runKey, job, closure, proofIssued));
        closed.closed().forEach(token -> ended(token, closure));
        return closed;
    }

    @Override
    public ClosedAll end(RunEnding ending, Closure closure) {
        var closed = timed(() -> ledger.end(ending, closure));
        closed.closed().forEach(token -> ended(token, closure));
        return closed;
    }

    private void ended(TokenRecord token, Closure closure) {
        watch.counts().ended(TokenEnd.closed(token, closure.cause(), closure.at()));
    }

    @Override
    public void markUnsigned(Jti jti) {
        timed(() -> {
            ledger.markUnsigned(jti);
            return jti;
        });
    }

    @Override
    public boolean markSigned(Jti jti, Instant now) {
        return timed(() -> ledger.markSigned(jti, now));
    }

    @Override
    public DenyList denyList() {
        return timed(ledger::denyList);
    }

    @Override
    public Iterator<TokenRecord> issued(TaskName task, Instant from, Instant to) {
        // Only a sweep asks, whose time counts for no request.
        return ledger.issued(task, from, to);
    }

    @Override
    public Budgets budgets() {
        return new WatchedBudgets(ledger.budgets(), watch);
    }

    @Override
    public KeyProofs keyProofs() {
        return new WatchedKeyProofs(ledger.keyProofs(), watch);
    }

    @Override
    public Approvals approvals() {
        return new WatchedApprovals(ledger.approvals(), watch);
    }

    @Override
    public Credentials credentials() {
        return new WatchedCredentials(ledger.credentials(), watch);
    }

    @Override
    public StatusLists statusLists() {
        return new WatchedStatusLists(ledger.statusLists(), watch);
    }

    private <T> T timed(Supplier<T> work) {
        return watch.time(TimedPart.LEDGER, work);
    }
}

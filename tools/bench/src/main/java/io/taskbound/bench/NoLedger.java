// SPDX-License-Identifier: Apache-2.0
package io.taskbound.bench;

import io.taskbound.ledger.Approvals;
import io.taskbound.ledger.Blocks;
import io.taskbound.ledger.Budgets;
import io.taskbound.ledger.ClosedAll;
import io.taskbound.ledger.Closure;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.DenyList;
import io.taskbound.ledger.KeyProofs;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.Lookup;
import io.taskbound.ledger.Minted;
import io.taskbound.ledger.Redemption;
import io.taskbound.ledger.Renewal;
import io.taskbound.ledger.RunClosings;
import io.taskbound.ledger.RunEnding;
import io.taskbound.ledger.StatusLists;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.task.TaskName;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;

/** A ledger that costs nothing and remembers nothing: what is left of a mint is the issuer's own work. */
final class NoLedger implements Ledger {
    private static final Blocks OPEN = new Blocks(RunClosings.NONE, DenyList.EMPTY);

    @Override
    public Minted mint(TokenRecord token) {
        return new Minted.Recorded();
    }

    @Override
    public Blocks blocks(String runKey) {
        return OPEN;
    }

    @Override
    public Optional<TokenRecord> find(Jti jti) {
        throw notPartOfAMint();
    }

    @Override
    public Lookup lookUp(Jti jti) {
        throw notPartOfAMint();
    }

    @Override
    public Renewal renew(Jti jti, HolderChallenge holder, Instant now) {
        throw notPartOfAMint();
    }

    @Override
    public Redemption redeem(TokenRecord seen, int object, String action, String useKey, Instant now) {
        throw notPartOfAMint();
    }

    @Override
    public Optional<TokenRecord> close(Jti jti, Closure closure) {
        throw notPartOfAMint();
    }

    @Override
    public ClosedAll closeAll(String runKey, Optional<String> job, Closure closure, Instant proofIssued) {
        throw notPartOfAMint();
    }

    @Override
    public ClosedAll end(RunEnding ending, Closure closure) {
        throw notPartOfAMint();
    }

    @Override
    public void markUnsigned(Jti jti) {
        throw notPartOfAMint();
    }

    @Override
    public boolean markSigned(Jti jti, Instant now) {
        throw notPartOfAMint();
    }

    @Override
    public DenyList denyList() {
        throw notPartOfAMint();
    }

    @Override
    public Iterator<TokenRecord> issued(TaskName task, Instant from, Instant to) {
        throw notPartOfAMint();
    }

    @Override
    public KeyProofs keyProofs() {
        return NoKeyProofs.NONE;
    }

    @Override
    public StatusLists statusLists() {
        throw notPartOfAMint();
    }

    @Override
    public Budgets budgets() {
        throw notPartOfAMint();
    }

    @Override
    public Approvals approvals() {
        return NoApprovals.NONE;
    }

    @Override
    public Credentials credentials() {
        return NoCredentials.NONE;
    }

    private static UnsupportedOperationException notPartOfAMint() {
        return new UnsupportedOperationException("not part of a mint that succeeds");
    }
}

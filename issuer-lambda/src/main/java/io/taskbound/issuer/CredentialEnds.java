// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditLine;
import io.taskbound.ledger.Credentials;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.TokenRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Ends the foreign credentials of tokens that a request has just closed, several at once and for a moment: whoever
 * closes waits for the answer. What is left, or fails, is the sweeper's.
 */
public final class CredentialEnds {
    private static final Duration TIME = Duration.ofSeconds(3);
    private static final int AT_ONCE = 8;

    private final Optional<CredentialEnd> ending;

    public CredentialEnds(
            CurrentPolicy policy, Ledger ledger, Optional<Delivering> delivering, Consumer<AuditLine> audit) {
        this.ending = delivering.map(with -> new CredentialEnd(policy, ledger, with, audit));
    }

    /** @param closed as the closing left them */
    void of(Collection<TokenRecord> closed, String requestId, Instant now) {
        var delivered = closed.stream().filter(Credentials::isCounted).toList();
        if (ending.isEmpty() || delivered.isEmpty()) {
            return;
        }
        var workers = Executors.newFixedThreadPool(Math.min(AT_ONCE, delivered.size()), CredentialEnds::daemon);
        try {
            settle(delivered, workers, requestId, now);
        } finally {
            workers.shutdown();
        }
    }

    private void settle(Collection<TokenRecord> delivered, ExecutorService workers, String requestId, Instant now) {
        var work = new ArrayList<Callable<Boolean>>();
        delivered.forEach(token -> work.add(() -> settled(token, requestId, now)));
        try {
            // What has not finished by then is broken off.
            workers.invokeAll(work, TIME.toMillis(), TimeUnit.MILLISECONDS).forEach(Future::isDone);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean settled(TokenRecord token, String requestId, Instant now) {
        try {
            ending.orElseThrow().settle(token.jti(), requestId, now);
            return true;
        } catch (LedgerUnavailable leftToTheSweeper) {
            return false;
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "taskbound-credential");
        thread.setDaemon(true);
        return thread;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.ledger.TokenRecord;
import io.taskbound.metrics.Stopwatch;
import io.taskbound.metrics.TimedPart;
import io.taskbound.policy.TokenType;
import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusList;
import io.taskbound.status.StatusListName;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.SigningKeys;
import io.taskbound.token.StatusReference;
import io.taskbound.token.TaskClaims;
import io.taskbound.token.TaskToken;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** Signs what a written record says; if the signer is across the network, while the caller asks the ledger. */
public final class Signing {
    /**
     * Characters: even if JSON wrote six for each, the token would be below the limit. Saves writing every token twice.
     */
    private static final int SURELY_FITS = 1_500;

    private static final StatusEntry LONGEST =
            new StatusEntry(new StatusListName(9_999_999_999L, StatusListName.MAX_LISTS - 1), StatusList.CAPACITY - 1);

    private final String issuer;
    private final SigningKeys keys;
    private final Executor executor;
    private final Stopwatch watch;

    /** @param executor where signing runs; {@code Runnable::run} for a key in this process */
    public Signing(String issuer, SigningKeys keys, Executor executor, Stopwatch watch) {
        this.issuer = issuer;
        this.keys = keys;
        this.executor = executor;
        this.watch = watch;
    }

    /**
     * Whether the token will be short enough to be known again when it is presented; to be asked before the record is
     * written.
     */
    boolean fits(TokenRecord draft, TokenType type) {
        var requester = draft.requester();
        int variable = requester.subject().length()
                + draft.grant().details().text().length()
                + requester.startedBy().map(String::length).orElse(0);
        // The place in a status list is allotted later, and only where the server reads one.
        return variable <= SURELY_FITS || TaskToken.fits(claims(draft, type, Optional.of(LONGEST)));
    }

    /** A signature that is being made. */
    interface Pending {
        TaskToken await() throws SignerUnavailable;
    }

    Pending begin(TokenRecord written, TokenType type) {
        var claims = claims(written, type, written.grant().status());
        var signing = CompletableFuture.supplyAsync(() -> sign(claims), executor);
        return () -> await(signing);
    }

    private TaskToken sign(TaskClaims claims) {
        long begun = watch.start();
        try {
            return TaskToken.sign(claims, keys.signing());
        } catch (SignerUnavailable outage) {
            throw new CompletionException(outage);
        } finally {
            watch.stop(TimedPart.SIGNER, begun);
        }
    }

    private static TaskToken await(CompletableFuture<TaskToken> signing) throws SignerUnavailable {
        try {
            return signing.join();
        } catch (CompletionException | CancellationException failed) {
            throw failed.getCause() instanceof SignerUnavailable outage
                    ? outage
                    : new SignerUnavailable("signing broke", failed);
        }
    }

    private TaskClaims claims(TokenRecord written, TokenType type, Optional<StatusEntry> status) {
        var grant = written.grant();
        return new TaskClaims(
                issuer,
                type,
                written.jti(),
                grant.task(),
                written.requester(),
                grant.audience(),
                grant.details().json(),
                grant.policy(),
                written.uses().max(),
                status.map(entry -> new StatusReference(entry.index(), StatusAddress.of(issuer, entry.list()))),
                written.key(),
                written.txn(),
                written.life().issued(),
                written.life().expires());
    }
}

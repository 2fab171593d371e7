// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.PendingApproval;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks for the token in a thread of its own, and again while people have yet to approve it. The ID token that the
 * issuer is being shown is known apart from the answer, which may never come.
 */
final class TokenRequest {
    /** For a request that was told to stop to say how far it came. */
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private final RunPlan plan;
    private final StepLog log;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CompletableFuture<Answered> answer;

    private Optional<Asked> underWay = Optional.empty();
    private Optional<PendingApproval> pending = Optional.empty();

    private TokenRequest(RunPlan plan, StepLog log) {
        this.plan = plan;
        this.log = log;
        this.answer = Background.start("mint", this::ask);
    }

    static TokenRequest start(RunPlan plan, StepLog log) {
        return new TokenRequest(plan, log);
    }

    /** One exchange. Its end is never cancelled, unlike the answer. */
    private record Asked(IdToken idToken, CompletableFuture<MintAnswer> end) {
        Asked(IdToken idToken) {
            this(idToken, new CompletableFuture<>());
        }
    }

    /**
     * What the issuer answered in the end.
     *
     * @param idToken that it was shown
     * @param waiting for people, if there was one
     */
    record Answered(MintAnswer answer, IdToken idToken, Optional<PeopleWait> waiting) {}

    private Answered ask() throws Complaint {
        var first = exchange();
        if (!(first.answer() instanceof MintAnswer.Pending needed) || !plan.waitsForApproval()) {
            return first;
        }
        var wait = PeopleWait.begin(needed.approval(), first.idToken(), plan.approvalWait(), log);
        while (true) {
            pausing(wait.approval());
            var next = wait.askAgainAt();
            if (next.isEmpty() || stopsBefore(next.get())) {
                return new Answered(new MintAnswer.Pending(wait.approval()), first.idToken(), Optional.of(wait));
            }
            var last = exchange();
            if (!wait.goesOnAfter(last.answer())) {
                return new Answered(last.answer(), last.idToken(), Optional.of(wait));
            }
        }
    }

    private Answered exchange() throws Complaint {
        var asked = begun(plan.idTokens().fetch(plan.audience()));
        var minted = plan.issuer().mint(asked.idToken(), plan.request());
        asked.end().complete(minted);
        return new Answered(minted, asked.idToken(), Optional.empty());
    }

    private synchronized Asked begun(IdToken idToken) {
        if (stopping.getCount() == 0) {
            throw new CancellationException("stopped before a token was requested");
        }
        var asked = new Asked(idToken);
        underWay = Optional.of(asked);
        return asked;
    }

    /** Until the next exchange there is nothing that would have to be closed. */
    private synchronized void pausing(PendingApproval needed) {
        pending = Optional.of(needed);
        underWay = Optional.empty();
    }

    /** Waits; true when told to stop meanwhile. */
    private boolean stopsBefore(Instant next) {
        try {
            var pause = Duration.between(log.context().clock().instant(), next);
            return stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    CompletableFuture<?> end() {
        return answer;
    }

    /** What the issuer answered, once this has ended; or why there was no ID token to show it. */
    Answered answer() throws Complaint {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Complaint complaint) {
                throw complaint;
            }
            throw e;
        }
    }

    /** The ID token that the issuer is being shown; when none is, none will be from now on. */
    synchronized Optional<IdToken> stop() {
        stopping.countDown();
        return underWay.map(Asked::idToken);
    }

    /** What people were asked to approve, if anything. */
    synchronized Optional<PendingApproval> pending() {
        return pending;
    }

    /** Empty when it does not come in time, and then no further try is made. */
    Optional<Answered> answerWithin(Duration time) {
        try {
            return Optional.of(answer.get(time.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException none) {
            answer.cancel(true);
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            answer.cancel(true);
            return Optional.empty();
        }
    }

    /** After {@link #answerWithin} gave up: false when it is certain that the issuer was not asked. */
    boolean mayHaveLeftAToken() {
        try {
            return lastEnd().get(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS).mayHaveLeftAToken();
        } catch (TimeoutException | ExecutionException unknown) {
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private synchronized CompletableFuture<MintAnswer> lastEnd() {
        return underWay.map(Asked::end).orElseGet(CompletableFuture::new);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.IdToken;
import io.taskbound.client.MintAnswer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks for the token in a thread of its own; the ID token is known apart from the answer, which may never come. */
final class TokenRequest {
    /** For a request that was told to stop to say how far it came. */
    private static final Duration LAST_MOMENT = Duration.ofMillis(500);

    private final CompletableFuture<IdToken> shown = new CompletableFuture<>();
    /** Is never cancelled, unlike the answer. */
    private final CompletableFuture<MintAnswer> ended = new CompletableFuture<>();

    private final CompletableFuture<MintAnswer> answer;

    private TokenRequest(RunPlan plan) {
        answer = Background.start("mint", () -> ask(plan));
    }

    static TokenRequest start(RunPlan plan) {
        return new TokenRequest(plan);
    }

    private MintAnswer ask(RunPlan plan) throws Complaint {
        var idToken = plan.idTokens().fetch(plan.audience());
        if (!shown.complete(idToken)) {
            throw new CancellationException("stopped before a token was requested");
        }
        var minted = plan.issuer().mint(idToken, plan.request());
        ended.complete(minted);
        return minted;
    }

    CompletableFuture<?> end() {
        return answer;
    }

    /** What the issuer answered, once this has ended; or why there was no ID token to show it. */
    MintAnswer answer() throws Complaint {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Complaint complaint) {
                throw complaint;
            }
            throw e;
        }
    }

    /** The ID token behind an {@link #answer}. */
    IdToken idToken() {
        return shown.join();
    }

    /** The ID token that the issuer is being shown; when it is not there yet, it never will be shown. */
    Optional<IdToken> stop() {
        return shown.completeExceptionally(new CancellationException()) || shown.isCompletedExceptionally()
                ? Optional.empty()
                : Optional.of(shown.join());
    }

    /** Empty when it does not come in time, and then no further try is made. */
    Optional<MintAnswer> answerWithin(Duration time) {
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
            return ended.get(LAST_MOMENT.toMillis(), TimeUnit.MILLISECONDS).mayHaveLeftAToken();
        } catch (TimeoutException | ExecutionException unknown) {
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Signals;
import io.taskbound.client.CloseAnswer;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.TokensToClose;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A token may live whose handle nobody knows. Only the ID token can name it, together with all else of this job. */
final class OrphanClose {
    private final CompletableFuture<CloseAnswer> closing;

    private OrphanClose(CompletableFuture<CloseAnswer> closing) {
        this.closing = closing;
    }

    static OrphanClose start(IssuerClient issuer, IdToken idToken) {
        return new OrphanClose(Background.start("orphan", () -> issuer.close(idToken, TokensToClose.allOfJob())));
    }

    /** Waits for it, after a signal not for long, and says how it went. */
    void tellEnd(Signals signals, StepLog log) {
        if (!signals.letEnd(closing)) {
            waitAtMost(CommandRun.LAST_WORDS);
        }
        log.warn(
                isClosed()
                        ? "taskbound: a token may have been granted that never reached us: every token of this job was"
                                + " closed"
                        : "taskbound: a token may have been granted that never reached us, and could not be closed;"
                                + " nobody holds it, and it dies when its lease lapses");
    }

    private void waitAtMost(Duration time) {
        try {
            closing.handle((answer, fault) -> true).get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unheard) {
            closing.cancel(true);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isClosed() {
        return closing.isDone() && !closing.isCompletedExceptionally() && closing.join() instanceof CloseAnswer.Closed;
    }
}

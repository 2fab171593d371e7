// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.TokensToClose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Closes what a build still holds at its end: a hard kill skips the callbacks of its blocks. */
@Extension
public final class RunEndListener extends RunListener<Run<?, ?>> {
    private static final Logger LOGGER = Logger.getLogger(RunEndListener.class.getName());
    /** How long the end of a build waits for the closing of its tokens. Closing itself continues in the background. */
    private static final long MAX_WAIT_SECONDS = 10;

    @Override
    public void onCompleted(Run<?, ?> run, @NonNull TaskListener log) {
        var action = run.getAction(TaskTokensAction.class);
        List<TaskTokenRecord> left = action == null ? List.of() : action.leftAtTheEnd();
        if (!left.isEmpty()) {
            await(Background.now(() -> closeAll(run, left, log)));
        }
    }

    private static void await(Future<?> closing) {
        try {
            closing.get(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOGGER.log(Level.WARNING, "tokens of a build that ended are not closed yet", e);
        }
    }

    private static void closeAll(Run<?, ?> run, List<TaskTokenRecord> open, TaskListener log) {
        for (TaskTokenRecord token : open) {
            CloseOutcome outcome = LiveTokens.get()
                    .find(token.key())
                    .map(LiveTokens.get()::end)
                    .orElseGet(() -> byIdentity(run, token));
            Duration lived = Duration.between(Instant.parse(token.getIssued()), Instant.now());
            log.getLogger().println(TokenEnd.RUN_END.line(outcome, lived));
            TaskTokensAction.ended(run, token.key(), outcome, TokenEnd.RUN_END, Optional.of(lived));
            LiveTokens.get().forget(token.key());
        }
    }

    /** After a restart the token itself may be gone with the block; the build can still prove that it was its own. */
    private static CloseOutcome byIdentity(Run<?, ?> run, TaskTokenRecord token) {
        String handle = token.getHandle();
        Instant expires = Instant.parse(token.getExpires());
        try {
            BuildIdentity identity = BuildIdentity.of(run, token.credentialsId(), token.getIssuer());
            return IssuerClients.at(IssuerUrl.of(token.getIssuer()), identity.audience())
                    .close(identity.forClosing(), TokensToClose.one(handle))
                    .match(
                            closed -> new CloseOutcome.Closed(handle),
                            no -> new CloseOutcome.Failed(
                                    handle, expires, "refused: " + no.refusal().code()),
                            none -> new CloseOutcome.Failed(
                                    handle, expires, none.outage().sentence()));
        } catch (AbortException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "could not close " + handle + " of " + run);
            return new CloseOutcome.Failed(handle, expires, "no ID token for this build");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.listeners.RunListener;
import java.util.List;
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
            await(Background.now(() -> LeftTokens.close(run, left, TokenEnd.RUN_END, log)));
        }
        if (action != null) {
            BuildsWithTokens.get().forget(run);
        }
    }

    @Override
    public void onDeleted(Run<?, ?> run) {
        BuildsWithTokens.get().forget(run);
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
}

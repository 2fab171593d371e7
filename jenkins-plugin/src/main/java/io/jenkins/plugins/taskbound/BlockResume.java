// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;

/**
 * Continues a block after a restart of Jenkins: with its token if that is still alive, and else with a fresh one.
 *
 * @param delivery how the block gets its token
 */
record BlockResume(
        TaskTokenExecution step,
        TokenAcquisition acquisition,
        BlockTokens tokens,
        TokenRequest wanted,
        Delivery delivery) {
    private static final Logger LOGGER = Logger.getLogger(BlockResume.class.getName());

    /** Returns when that is settled. What goes wrong ends the block. */
    void resume(StepState.Holding held) {
        try {
            resumeOrReplace(held);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            giveUp(held, "the controller stopped meanwhile");
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "no new token for " + wanted.task());
            giveUp(
                    held,
                    e instanceof AbortException ? e.getMessage() : e.getClass().getSimpleName());
        }
    }

    /** There was no heartbeat while the controller was down: is the token alive, and if not, can there be a new one? */
    private void resumeOrReplace(StepState.Holding held) throws IOException, InterruptedException {
        TaskListener log = step.getContext().get(TaskListener.class);
        LiveToken before = tokens.recall(held.token(), log);
        if (before.isAliveAfterAnAbsence()) {
            tokens.keep(before);
            held.environment().variables.settle();
            log.getLogger()
                    .println("taskbound: continues after the restart of Jenkins: "
                            + held.token().key().handle());
            return;
        }
        replace(held, log);
        TokenClosing.close(before, TokenEnd.RESTART, site());
    }

    /**
     * The block is under way: its own callback ends the step, so nothing here may fail the step while its body runs.
     * Until that has come, no step in the block gets the dead token.
     */
    private void giveUp(StepState.Holding held, String reason) {
        var why = new AbortException("The token died while Jenkins was down, and there is no fresh one: " + reason);
        held.environment().variables.refuse(why.getMessage());
        BodyExecution running = step.body();
        if (running == null) {
            step.leave().ifPresent(left -> tokens.closeAll(left, TokenEnd.RESTART));
            step.getContext().onFailure(why);
        } else {
            running.cancel(why);
        }
    }

    private void replace(StepState.Holding held, TaskListener log) throws IOException, InterruptedException {
        if (step.isApproved()) {
            throw new AbortException("it needs another approval, so run the step again");
        }
        Optional<FilePath> workspace = delivery.file() ? Optional.of(workspace()) : Optional.empty();
        StepRequest request = acquisition.requestWithoutWaiting();
        BlockTokens.Kept fresh = step.keep(request.first(step::isOver).token().orElseThrow(), request.scene());
        try {
            if (handOver(held, fresh, workspace)) {
                step.getContext().saveState();
                log.getLogger()
                        .println("taskbound: a fresh token for this block, because the one before died while Jenkins"
                                + " was down. What was already running still has the dead one");
            } else {
                tokens.close(fresh.token(), TokenEnd.CANCEL);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            tokens.close(fresh.token(), TokenEnd.STEP_END);
            throw e;
        }
    }

    /** False where the block ended meanwhile. */
    private boolean handOver(StepState.Holding held, BlockTokens.Kept kept, Optional<FilePath> workspace)
            throws IOException, InterruptedException {
        if (step.isOver()) {
            return false;
        }
        StoredToken fresh = kept.token();
        Optional<BlockSecrets> credential = tokens.credential(kept);
        List<String> added = List.of();
        if (credential.isEmpty() && workspace.isPresent()) {
            // Never into the old files: a command that still runs would print it past the mask that it began with.
            added = List.of(TokenFiles.write(workspace.get(), fresh.token()));
        }
        BlockEnvironment block = held.environment();
        block.become(
                credential.isPresent() ? credential.get() : tokens.secrets(fresh, added),
                fresh.key().handle());
        List<String> all =
                Stream.concat(held.folders().stream(), added.stream()).toList();
        if (step.enter(new StepState.Running(new StepState.Holding(fresh, block, all)))) {
            return true;
        }
        TokenFiles.delete(added, site());
        return false;
    }

    private BlockSite site() {
        return new StepSite(step.getContext());
    }

    /** Jenkins lets a build continue once its agent is back, but the agent may be lost again at once. */
    private FilePath workspace() throws InterruptedException, AbortException {
        try {
            FilePath found = step.getContext().get(FilePath.class);
            if (found != null) {
                return found;
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "the agent of " + wanted.task());
        }
        throw new AbortException("the agent is gone, so there is no place for the token's file");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.TaskListener;
import io.taskbound.client.GrantedToken;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousResumeNotSupportedException;

/**
 * One run of {@code withTaskToken}: gets the token by {@link TokenAcquisition}, starts the block, and closes the token
 * when the block ends. Saved with the program of the build, so that a wait or a block continues after a restart; what
 * is secret in it is encrypted there.
 */
final class TaskTokenExecution extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1;

    private final TokenRequest wanted;
    private final Delivery delivery;
    private final boolean dryRun;
    private final boolean receipt;
    /** How long to wait for people; null for as long as the issuer says. */
    private final @CheckForNull Long approvalWaitSeconds;
    /** People have approved the token that the block holds. */
    private volatile boolean approved;
    /** Changed only while this object is locked. */
    private volatile StepState state = new StepState.Asking();
    /** Null until the block was started; stays null if Jenkins crashed at that very moment. */
    private volatile @CheckForNull BodyExecution body;

    // What follows is made again after a restart.
    private transient TokenAcquisition acquisition;
    private transient BlockTokens tokens;

    /** @param approvalWait how long to wait for people; null for as long as the issuer says */
    TaskTokenExecution(
            StepContext context,
            TokenRequest wanted,
            Delivery delivery,
            boolean dryRun,
            boolean receipt,
            @CheckForNull Duration approvalWait) {
        super(context);
        this.wanted = wanted;
        this.delivery = delivery;
        this.dryRun = dryRun;
        this.receipt = receipt;
        this.approvalWaitSeconds = approvalWait == null ? null : approvalWait.toSeconds();
        assemble();
    }

    private void assemble() {
        Duration approvalWait = approvalWaitSeconds == null ? null : Duration.ofSeconds(approvalWaitSeconds);
        acquisition = new TokenAcquisition(this, wanted, dryRun, approvalWait);
        tokens = new BlockTokens(new StepSite(getContext()), wanted, delivery);
    }

    private Object readResolve() {
        assemble();
        return this;
    }

    /**
     * Asks on a thread of our own and not by {@link #run}. Jenkins saves with the program that a thread of {@code run}
     * is at work, and fails a step that it finds so after a restart; the first step of the block may have the program
     * saved while the thread that started the block is still there. What counts here is the state.
     */
    @Override
    public boolean start() throws Exception {
        if (delivery.file() && getContext().get(FilePath.class) == null) {
            throw new AbortException("withTaskToken with file: true needs an agent: put it inside node { }");
        }
        acquisition.start();
        return false;
    }

    @Override
    public boolean blocksRestart() {
        return super.blocksRestart() || !mayRestart();
    }

    @NonNull
    @Override
    public String getStatus() {
        return people().orElseGet(() -> mayRestart() ? super.getStatus() : "asking the issuer for a token");
    }

    private Optional<String> people() {
        return state instanceof StepState.Waiting ? acquisition.waitsFor() : Optional.empty();
    }

    private boolean mayRestart() {
        return state.match(
                asking -> false, waiting -> !acquisition.isBusy(), starting -> false, running -> true, over -> true);
    }

    StepState state() {
        return state;
    }

    boolean isOver() {
        return state instanceof StepState.Over;
    }

    /** False where the step is over; then it stays so. */
    synchronized boolean enter(StepState next) {
        if (isOver()) {
            return false;
        }
        state = next;
        return true;
    }

    /** What the step held until now; nothing for whoever comes later. */
    synchronized Optional<StepState.Holding> leave() {
        Optional<StepState.Holding> held = state.holding();
        state = new StepState.Over();
        return held;
    }

    /** Whether people have approved the token that the block holds. Then only they can allow another one. */
    boolean isApproved() {
        return approved;
    }

    /** Null if Jenkins crashed at the very moment that the block was started. */
    @CheckForNull
    BodyExecution body() {
        return body;
    }

    /**
     * The issuer granted the token: the block begins, or the token is closed.
     *
     * @param byPeople whether people approved it
     */
    void granted(GrantedToken granted, StepScene scene, boolean byPeople) throws IOException, InterruptedException {
        approved = byPeople;
        startOrClose(keep(granted, scene));
    }

    /** Keeps the token alive, and shows it in the log and on the page of the build. */
    BlockTokens.Kept keep(GrantedToken granted, StepScene scene) {
        BlockTokens.Kept kept = tokens.keep(granted, scene.log());
        StoredToken token = kept.token();
        if (!scene.page().add(new TaskTokenRecord(wanted, scene.place(), granted, token.key(), token.grantedAt()))) {
            // The build ended while the issuer was asked, so nothing else will end this step.
            leave();
        }
        return kept;
    }

    private void startOrClose(BlockTokens.Kept kept) throws IOException, InterruptedException {
        StoredToken token = kept.token();
        List<String> folders = List.of();
        try {
            if (!isOver()) {
                BlockTokens.Given given = tokens.give(kept);
                folders = given.folders();
                BlockEnvironment block = tokens.environment(token, given.secrets());
                if (startBlock(new StepState.Holding(token, block, folders), given.masked())) {
                    return;
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            // Such as an agent that is lost right now and gets no file: nobody will use the token.
            tokens.close(token, TokenEnd.STEP_END);
            TokenFiles.delete(folders, new StepSite(getContext()));
            throw e;
        }
        tokens.close(token, TokenEnd.CANCEL);
        TokenFiles.delete(folders, new StepSite(getContext()));
    }

    /**
     * False where the step was aborted before.
     *
     * @param masked what the log says first
     */
    private boolean startBlock(StepState.Holding holding, String masked) throws IOException, InterruptedException {
        if (!enter(new StepState.Starting(holding))) {
            return false;
        }
        StepContext context = getContext();
        context.get(TaskListener.class).getLogger().println(masked);
        BlockEnvironment block = holding.environment();
        body = context.newBodyInvoker()
                .withContext(EnvironmentExpander.merge(context.get(EnvironmentExpander.class), block.variables))
                .withContext(BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), block.filter))
                .withContext(FailureHandler.merge(context.get(FailureHandler.class), block.failures))
                .withCallback(new Ending())
                .start();
        return true;
    }

    /** Called only before the block begins or while its token is closed: what runs inside a block is stopped there. */
    @Override
    public void stop(@NonNull Throwable cause) throws Exception {
        Optional<StepState.Holding> held = leaveUnlessRunning();
        acquisition.stop();
        held.ifPresent(holding -> Background.now(() -> tokens.closeAll(holding, TokenEnd.CANCEL)));
        super.stop(cause);
    }

    private synchronized Optional<StepState.Holding> leaveUnlessRunning() {
        return state instanceof StepState.Running ? Optional.empty() : leave();
    }

    /**
     * Jenkins resumes what is inside a block after the block itself, on a thread that may wait. So this returns once
     * the token is known to be alive or another one is in its place, and nothing in the block goes on before.
     */
    @Override
    public void onResume() {
        boolean failed = super.blocksRestart();
        super.onResume();
        if (!failed) {
            Runnable next = state.match(
                    asking -> this::failAfterRestart,
                    waiting -> () -> acquisition.resume(waiting),
                    starting -> this::failAfterRestart,
                    // Not by run(): another restart would find its thread at work.
                    running ->
                            () -> new BlockResume(this, acquisition, tokens, wanted, delivery).resume(running.held()),
                    over -> () -> {});
            next.run();
        }
    }

    private void failAfterRestart() {
        getContext().onFailure(new SynchronousResumeNotSupportedException(getContext()));
    }

    /** Like the step API's own tail call, but it tells an abort from a failure. */
    private final class Ending extends BodyExecutionCallback {
        private static final long serialVersionUID = 1;

        /** On the thread that runs and saves the program, so that what is saved is right. */
        @Override
        public void onStart(StepContext context) {
            begin();
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            run(() -> {
                Optional<StepState.Holding> held = end(context, TokenEnd.STEP_END);
                // Saved with the program of the build, as any value of a step: it is not a secret.
                context.onSuccess(
                        receipt
                                ? held.flatMap(left -> tokens.receipt(left.token()))
                                        .orElse(null)
                                : result);
            });
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            boolean aborted = failure instanceof FlowInterruptedException it && it.isActualInterruption();
            run(() -> {
                end(context, aborted ? TokenEnd.CANCEL : TokenEnd.STEP_END);
                context.onFailure(failure);
            });
        }

        private Optional<StepState.Holding> end(StepContext context, TokenEnd by) {
            Optional<StepState.Holding> left = leave();
            left.ifPresent(held -> tokens.closeAll(held, by, new StepSite(context)));
            return left;
        }
    }

    private synchronized void begin() {
        state = state.begun();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.security.ACLContext;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.step.StepText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.SynchronousResumeNotSupportedException;
import org.springframework.security.core.Authentication;

/**
 * One run of {@code withTaskToken}: asks for the token off the CPS thread, and again while people have yet to approve
 * it, starts the block, closes the token when the block ends. Saved with the program of the build, so that a block
 * continues after a restart; what is secret in it is encrypted there.
 */
final class TaskTokenExecution extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1;
    private static final Logger LOGGER = Logger.getLogger(TaskTokenExecution.class.getName());

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

    private transient volatile @CheckForNull Future<?> asking;
    /** Whether the issuer is being asked now; between two requests of a wait it is not. */
    private transient volatile boolean busy;
    /** The wait for people; null before it and after a restart, until the step is resumed. */
    private transient volatile @CheckForNull PeopleWait people;
    /** The token that is kept alive for the block; null after a restart, until the block is resumed. */
    private transient volatile @CheckForNull LiveToken live;

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
        Authentication build = Jenkins.getAuthentication2();
        asking = Background.now(() -> as(() -> build, this::ask));
        return false;
    }

    @Override
    public boolean blocksRestart() {
        return super.blocksRestart() || !mayRestart();
    }

    @NonNull
    @Override
    public String getStatus() {
        PeopleWait wait = people;
        if (state instanceof StepState.Waiting && wait != null) {
            return wait.shown().getWords();
        }
        return mayRestart() ? super.getStatus() : "asking the issuer for a token";
    }

    private boolean mayRestart() {
        return state.match(asking -> false, waiting -> !busy, starting -> false, running -> true, over -> true);
    }

    private boolean isOver() {
        return state instanceof StepState.Over;
    }

    /** False where the step is over; then it stays so. */
    private synchronized boolean enter(StepState next) {
        if (isOver()) {
            return false;
        }
        state = next;
        return true;
    }

    /** What the step held until now; nothing for whoever comes later. */
    private synchronized Optional<StepState.Holding> leave() {
        Optional<StepState.Holding> held = state.holding();
        state = new StepState.Over();
        return held;
    }

    private interface Found<T> {
        T get() throws IOException, InterruptedException;
    }

    private interface Work {
        void run() throws IOException, InterruptedException;
    }

    /** With the rights of the build; what goes wrong ends the step. */
    private void as(Found<Authentication> build, Work work) {
        try (ACLContext ignored = ACL.as2(build.get())) {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (Throwable e) {
            fail(e);
        }
    }

    /** A step that was aborted has failed already, with the reason of the abort. */
    private void fail(Throwable why) {
        hide();
        if (isOver()) {
            LOGGER.log(Level.FINE, why, () -> "after the abort of " + wanted.task());
        } else {
            getContext().onFailure(why);
        }
    }

    /** A token that is kept alive, and what the issuer said of it, which no restart survives. */
    private record Exchanged(StoredToken token, GrantedToken granted) {}

    private void ask() throws IOException, InterruptedException {
        StepRequest request = request(longestWait());
        goOn(request.first(this::isOver), request.scene());
    }

    private StepRequest request(@CheckForNull Duration longestWait) throws IOException, InterruptedException {
        StepScene scene = StepScene.of(getContext());
        BuildsWithTokens.get().add(scene.run());
        return new StepRequest(wanted, dryRun, longestWait, scene);
    }

    /** @param scene as it was before the request: a step that was aborted meanwhile has none any more */
    private void goOn(StepRequest.Outcome came, StepScene scene) throws IOException, InterruptedException {
        if (came.people().isPresent()) {
            waitFor(came.people().get());
        } else if (came.token().isPresent()) {
            approved = people != null;
            startOrClose(keep(came.token().get(), scene));
        } else if (!isOver()) {
            getContext().onSuccess(null);
        }
    }

    /** No thread is held meanwhile. */
    private void waitFor(PeopleWait wait) {
        Instant next = wait.askAgainAt().orElseThrow();
        if (people == null && !wait.show()) {
            // The build ended while the issuer was asked, so nothing else will end this step.
            leave();
        }
        people = wait;
        StepState before = state;
        if (!enter(new StepState.Waiting(wait.stored(next)))) {
            wait.hide();
            wait.tellStopped();
            return;
        }
        if (!(before instanceof StepState.Waiting known) || wait.differsFrom(known.kept())) {
            getContext().saveState();
        }
        wait.tell();
        askAgain(wait, next);
    }

    private void askAgain(PeopleWait wait, Instant next) {
        Duration pause = Duration.between(Instant.now(), next);
        Background.after(pause.isNegative() ? Duration.ZERO : pause, () -> askAgain(wait), started -> asking = started);
    }

    private void askAgain(PeopleWait wait) {
        busy = true;
        if (wait.isOfAnEndedBuild()) {
            // Such as after a hard kill, which tells no step.
            leave();
        }
        try {
            as(this::authentication, () -> {
                if (!isOver()) {
                    StepRequest request = request(longestWait());
                    goOn(request.again(wait, this::isOver), request.scene());
                }
            });
        } finally {
            busy = false;
        }
    }

    private Authentication authentication() throws IOException, InterruptedException {
        return getContext().get(FlowExecution.class).getAuthentication2();
    }

    /** Null for as long as the issuer says. */
    @CheckForNull
    private Duration longestWait() {
        return approvalWaitSeconds == null ? null : Duration.ofSeconds(approvalWaitSeconds);
    }

    private void waitAgain(StoredWait stored) {
        try {
            PeopleWait wait = PeopleWait.resume(wanted, stored, longestWait(), StepScene.of(getContext()));
            people = wait;
            wait.show();
            getContext().get(TaskListener.class).getLogger().println(BlockText.waitsAgain());
            wait.tell();
            askAgain(wait, stored.next());
        } catch (IOException | RuntimeException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        }
    }

    private void hide() {
        PeopleWait wait = people;
        if (wait != null) {
            wait.hide();
        }
    }

    private Exchanged keep(GrantedToken granted, StepScene scene) {
        hide();
        Instant now = Instant.now();
        var token = new StoredToken(wanted.issuer(), granted, now);
        LiveToken kept = new LiveToken(token, scene.log());
        live = kept;
        LiveTokens.get().keep(kept);
        scene.log().getLogger().println(StepText.granted(granted));
        if (!scene.page().add(new TaskTokenRecord(wanted, scene.place(), granted, token.key(), now))) {
            // The build ended while the issuer was asked, so nothing else will end this step.
            leave();
        }
        return new Exchanged(token, granted);
    }

    private void startOrClose(Exchanged got) throws IOException, InterruptedException {
        StoredToken token = got.token();
        List<String> folders = List.of();
        try {
            if (!isOver()) {
                Optional<BlockSecrets> credential = credential(got);
                folders = credential.isPresent() ? List.of() : folders(token);
                BlockSecrets given = credential.isPresent() ? credential.get() : tokenIn(token, folders);
                String masked = credential.isPresent() ? BlockText.masking(given) : BlockText.masking(delivery);
                if (startBlock(new StepState.Holding(token, environment(token, given), folders), masked)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            // Such as an agent that is lost right now and gets no file: nobody will use the token.
            close(token, TokenEnd.STEP_END);
            TokenFiles.delete(folders, getContext());
            throw e;
        }
        close(token, TokenEnd.CANCEL);
        TokenFiles.delete(folders, getContext());
    }

    private List<String> folders(StoredToken token) throws IOException, InterruptedException {
        return delivery.file() ? List.of(TokenFiles.write(getContext().get(FilePath.class), token.token())) : List.of();
    }

    private Optional<BlockSecrets> credential(Exchanged got) throws IOException, InterruptedException {
        return BlockCredential.fetch(wanted.issuer(), got.granted(), delivery, getContext());
    }

    private BlockSecrets tokenIn(StoredToken token, List<String> folders) {
        return BlockSecrets.of(token.token(), delivery.variables(token.token(), folders));
    }

    private BlockEnvironment environment(StoredToken token, BlockSecrets given)
            throws IOException, InterruptedException {
        String charset = getContext().get(Run.class).getCharset().name();
        return new BlockEnvironment(given, token.key().handle(), charset);
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
        Future<?> asked = asking;
        if (asked != null) {
            asked.cancel(true);
        }
        PeopleWait wait = people;
        if (wait != null && live == null) {
            wait.hide();
            wait.tellStopped();
        }
        held.ifPresent(holding -> Background.now(() -> closeAll(holding, TokenEnd.CANCEL, getContext())));
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
                    waiting -> () -> waitAgain(waiting.kept()),
                    starting -> this::failAfterRestart,
                    // Not by run(): another restart would find its thread at work.
                    running -> () -> resume(running.held()),
                    over -> () -> {});
            next.run();
        }
    }

    private void failAfterRestart() {
        getContext().onFailure(new SynchronousResumeNotSupportedException(getContext()));
    }

    private void resume(StepState.Holding held) {
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
        TaskListener log = getContext().get(TaskListener.class);
        var before = new LiveToken(held.token(), log);
        live = before;
        if (before.isAliveAfterAnAbsence()) {
            LiveTokens.get().keep(before);
            held.environment().variables.settle();
            log.getLogger()
                    .println("taskbound: continues after the restart of Jenkins: "
                            + held.token().key().handle());
            return;
        }
        replace(held, log);
        TokenClosing.close(before, TokenEnd.RESTART, getContext());
    }

    /**
     * The block is under way: its own callback ends the step, so nothing here may fail the step while its body runs.
     * Until that has come, no step in the block gets the dead token.
     */
    private void giveUp(StepState.Holding held, String reason) {
        var why = new AbortException("The token died while Jenkins was down, and there is no fresh one: " + reason);
        held.environment().variables.refuse(why.getMessage());
        BodyExecution running = body;
        if (running == null) {
            leave().ifPresent(left -> closeAll(left, TokenEnd.RESTART, getContext()));
            getContext().onFailure(why);
        } else {
            running.cancel(why);
        }
    }

    private void replace(StepState.Holding held, TaskListener log) throws IOException, InterruptedException {
        if (approved) {
            throw new AbortException("it needs another approval, so run the step again");
        }
        Optional<FilePath> workspace = delivery.file() ? Optional.of(workspace()) : Optional.empty();
        StepRequest request = request(Duration.ZERO);
        Exchanged got = keep(request.first(this::isOver).token().orElseThrow(), request.scene());
        StoredToken fresh = got.token();
        try {
            if (handOver(held, got, workspace)) {
                getContext().saveState();
                log.getLogger()
                        .println("taskbound: a fresh token for this block, because the one before died while Jenkins"
                                + " was down. What was already running still has the dead one");
            } else {
                close(fresh, TokenEnd.CANCEL);
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            close(fresh, TokenEnd.STEP_END);
            throw e;
        }
    }

    /** False where the block ended meanwhile. */
    private boolean handOver(StepState.Holding held, Exchanged got, Optional<FilePath> workspace)
            throws IOException, InterruptedException {
        if (isOver()) {
            return false;
        }
        StoredToken fresh = got.token();
        Optional<BlockSecrets> credential = credential(got);
        List<String> added = List.of();
        if (credential.isEmpty() && workspace.isPresent()) {
            // Never into the old files: a command that still runs would print it past the mask that it began with.
            added = List.of(TokenFiles.write(workspace.get(), fresh.token()));
        }
        BlockEnvironment block = held.environment();
        block.become(
                credential.isPresent() ? credential.get() : tokenIn(fresh, added),
                fresh.key().handle());
        List<String> all =
                Stream.concat(held.folders().stream(), added.stream()).toList();
        if (enter(new StepState.Running(new StepState.Holding(fresh, block, all)))) {
            return true;
        }
        TokenFiles.delete(added, getContext());
        return false;
    }

    /** Jenkins lets a build continue once its agent is back, but the agent may be lost again at once. */
    private FilePath workspace() throws InterruptedException, AbortException {
        try {
            FilePath found = getContext().get(FilePath.class);
            if (found != null) {
                return found;
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "the agent of " + wanted.task());
        }
        throw new AbortException("the agent is gone, so there is no place for the token's file");
    }

    private void close(StoredToken token, TokenEnd by) {
        try {
            TokenClosing.close(live(token), by, getContext());
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, e, () -> "the end of " + token.key().handle());
        }
    }

    /**
     * The one that is kept alive, if it is that one: a terminated step has no log any more, and that one has its own.
     */
    private LiveToken live(StoredToken token) throws IOException, InterruptedException {
        LiveToken kept = live;
        return kept != null && kept.key().equals(token.key())
                ? kept
                : new LiveToken(token, getContext().get(TaskListener.class));
    }

    private void closeAll(StepState.Holding held, TokenEnd by, StepContext context) {
        close(held.token(), by);
        TokenFiles.delete(held.folders(), context);
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
                context.onSuccess(receipt ? held.flatMap(this::receipt).orElse(null) : result);
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
            left.ifPresent(held -> closeAll(held, by, context));
            return left;
        }

        private Optional<String> receipt(StepState.Holding held) {
            try {
                return TokenReceipt.keep(live(held.token()), getContext());
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "no receipt: " + wanted.task());
                return Optional.empty();
            }
        }
    }

    private synchronized void begin() {
        state = state.begun();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.FilePath;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.client.step.ClosedBy;
import io.taskbound.client.step.RefusalText;
import io.taskbound.client.step.StepText;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
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
 * One run of {@code withTaskToken}: asks off the CPS thread, starts the block, closes when it ends. Written with the build's program, so that a block
 * goes on after a restart; what is secret in it is encrypted there.
 */
final class TaskTokenExecution extends GeneralNonBlockingStepExecution {
    private static final long serialVersionUID = 1;
    private static final String ORPHAN = "taskbound: an answer was lost, so a token may live that nobody holds;"
            + " it dies when its lease lapses, for want of a heartbeat";
    private static final Logger LOGGER = Logger.getLogger(TaskTokenExecution.class.getName());

    private final TaskWish wish;
    private final boolean file;
    private final boolean dryRun;
    private final String variable;
    /** Null until a token was granted. */
    private volatile HeldState held;
    /** Null until the block begins, as is its body. */
    private InBlock inBlock;

    private BodyExecution body;
    /** Set on the thread that runs and writes the program, so that what is written is right. */
    private boolean begun;
    /** The newest last. */
    private final List<String> folders = new ArrayList<>();

    private volatile boolean over;
    private transient volatile boolean stopped;

    TaskTokenExecution(WithTaskTokenStep step, StepContext context) throws AbortException {
        super(context);
        this.wish = step.wish();
        this.file = step.isFile();
        this.dryRun = step.isDryRun();
        this.variable = step.variableOrUsual();
    }

    @Override
    public boolean start() throws Exception {
        if (file && getContext().get(FilePath.class) == null) {
            throw new AbortException("withTaskToken with file: true needs an agent: put it into node { }");
        }
        run(this::doStart);
        return false;
    }

    private void doStart() throws Exception {
        Optional<TaskToken> token = ask();
        if (stopped) {
            end("cancel", ClosedBy.CANCELLED);
        } else if (token.isPresent()) {
            LiveTokens.inBackground(() -> begin(token.get()));
        } else {
            getContext().onSuccess(null);
        }
    }

    /**
     * Jenkins writes with the program that a thread of the step is at work, and fails a step that it finds so after a restart. The first step of
     * the block may have it written at once: so the block begins when that thread is done.
     */
    private void begin(TaskToken token) {
        try {
            while (blocksRestart()) {
                Thread.sleep(1);
            }
            if (stopped) {
                end("cancel", ClosedBy.CANCELLED);
            } else {
                startOrClose(token);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            getContext().onFailure(e);
        } catch (Exception e) {
            getContext().onFailure(e);
        }
    }

    /** An agent that is lost right now gets no file: nobody will use the token then. */
    private void startOrClose(TaskToken token) throws Exception {
        try {
            startBlock(token);
        } catch (IOException | InterruptedException | RuntimeException e) {
            end("step end", ClosedBy.STEP);
            deleteFiles(getContext());
            throw e;
        }
    }

    /** Empty in a dry run. Whatever else is no grant becomes one sentence that fails the step. */
    private Optional<TaskToken> ask() throws Exception {
        Run<?, ?> run = getContext().get(Run.class);
        TaskListener log = getContext().get(TaskListener.class);
        TaskTokensAction page = TaskTokensAction.of(run);
        IssuerClient client;
        TaskRequest request;
        try {
            client = IssuerClients.at(wish.issuer());
            request = wish.request();
        } catch (IllegalArgumentException e) {
            throw new AbortException("withTaskToken: " + e.getMessage());
        }
        IdToken idToken = BuildIdentity.of(
                        run, wish.credentialsId(), client.issuer().toString())
                .forTask(request.txn());
        MintAnswer answer = dryRun ? client.dryRun(idToken, request) : mint(client, idToken, request);
        if (!dryRun && answer.mayHaveLeftAToken()) {
            log.getLogger().println(ORPHAN);
        }
        if (answer instanceof MintAnswer.Refused no) {
            log.getLogger().println(RefusalText.of(client.issuer(), request, idToken, no));
            throw new AbortException(Refusals.sentence(wish.task(), no.refusal()));
        }
        if (answer instanceof MintAnswer.Unavailable none) {
            throw new AbortException(StepText.unavailable(client.issuer(), none.outage(), false));
        }
        if (answer instanceof MintAnswer.Granted granted && dryRun) {
            throw new AbortException(Refusals.afterGrantedDryRun(client, granted));
        }
        if (answer instanceof MintAnswer.Granted granted) {
            take(page, log, granted);
            return Optional.of(granted.token().token());
        }
        log.getLogger().println(StepText.wouldGrant());
        return Optional.empty();
    }

    private void take(TaskTokensAction page, TaskListener log, MintAnswer.Granted granted) {
        Instant now = Instant.now();
        held = new HeldState(granted.token(), now);
        LiveTokens.get().keep(new LiveToken(wish.issuer(), held, log));
        log.getLogger().println(StepText.granted(granted.token()));
        if (!page.add(new TaskTokenRecord(wish, granted.token(), now))) {
            stopped = true;
        }
    }

    /** An abort in mid-request may leave a token that nobody knows: the same request again names it, so that it can be closed. */
    private MintAnswer mint(IssuerClient client, IdToken idToken, TaskRequest request) {
        MintAnswer answer = client.mint(idToken, request);
        if (!stopped || answer instanceof MintAnswer.Granted) {
            return answer;
        }
        Thread.interrupted();
        return client.mint(idToken, request);
    }

    private void startBlock(TaskToken token) throws Exception {
        StepContext context = getContext();
        Run<?, ?> run = context.get(Run.class);
        if (file) {
            folders.add(TokenFiles.write(context.get(FilePath.class), token));
        }
        inBlock = new InBlock(
                token, variables(token), held.handle(), run.getCharset().name());
        context.get(TaskListener.class)
                .getLogger()
                .println("taskbound: masking the token in this block; " + (file ? "its file is in " : "it is in ")
                        + variable);
        body = context.newBodyInvoker()
                .withContext(EnvironmentExpander.merge(context.get(EnvironmentExpander.class), inBlock.variables))
                .withContext(BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), inBlock.filter))
                .withContext(FailureHandler.merge(context.get(FailureHandler.class), inBlock.failures))
                .withCallback(new Ending())
                .start();
    }

    private Map<String, String> variables(TaskToken token) {
        return file
                ? Map.of(
                        variable,
                        inFolder(TokenFiles.TOKEN),
                        WithTaskTokenStep.HEADER_FILE,
                        inFolder(TokenFiles.HEADER))
                : Map.of(variable, token.reveal());
    }

    private String inFolder(String name) {
        String folder = folders.get(folders.size() - 1);
        return folder + (folder.contains("\\") ? "\\" : "/") + name;
    }

    @Override
    public void stop(Throwable cause) throws Exception {
        stopped = true;
        super.stop(cause);
    }

    /** The heartbeat stood still while the controller was down: is the token alive, and if not, can there be a fresh one? */
    @Override
    public void onResume() {
        boolean failed = blocksRestart();
        super.onResume();
        if (failed || over) {
            return;
        }
        if (begun) {
            // Not as a thread of the step: another restart would find it at work.
            LiveTokens.inBackground(this::resume);
        } else {
            getContext().onFailure(new SynchronousResumeNotSupportedException(getContext()));
        }
    }

    private void resume() {
        try {
            goOn();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the resuming of " + held.handle());
        }
    }

    private void goOn() throws IOException, InterruptedException {
        TaskListener log = getContext().get(TaskListener.class);
        LiveToken live = new LiveToken(wish.issuer(), held, log);
        LiveTokens.get().keep(live);
        boolean expired = !Instant.now().isBefore(held.expiresAt());
        if (!expired && live.lease().map(live::beat).orElse(true)) {
            log.getLogger().println("taskbound: goes on after the restart of Jenkins: " + held.handle());
        } else {
            finish(live, "restart", ClosedBy.STEP);
            renewOrCancel(log);
        }
    }

    /** The block is under way: its own callback ends the step, so nothing here may fail it past its body. */
    private void renewOrCancel(TaskListener log) throws InterruptedException {
        try {
            renew(log);
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            String why =
                    e instanceof AbortException ? e.getMessage() : e.getClass().getSimpleName();
            LOGGER.log(Level.FINE, e, () -> "no fresh token for " + wish.task());
            cancel(new AbortException("The token died while Jenkins was down, and there is no fresh one: " + why));
        }
    }

    /** A crash in the moment in which the block began leaves it without a handle on it; then the step itself fails. */
    private void cancel(AbortException why) {
        if (body == null) {
            getContext().onFailure(why);
        } else {
            body.cancel(why);
        }
    }

    private void renew(TaskListener log) throws Exception {
        Optional<FilePath> workspace = file ? Optional.of(workspace()) : Optional.empty();
        TaskToken fresh = ask().orElseThrow();
        if (over) {
            end("cancel", ClosedBy.CANCELLED);
            return;
        }
        if (workspace.isPresent()) {
            // Never into the old files: a command that still runs would print it past the mask that it began with.
            folders.add(TokenFiles.write(workspace.get(), fresh));
        }
        inBlock.become(fresh, variables(fresh), held.handle());
        getContext().saveState();
        log.getLogger()
                .println("taskbound: the token died while Jenkins was down. What starts from here on in this block"
                        + " gets a fresh one; what was running still has the dead one");
    }

    /** Jenkins lets a build go on once its agent is back, but it may be lost again at once. */
    private FilePath workspace() throws InterruptedException, AbortException {
        try {
            FilePath found = getContext().get(FilePath.class);
            if (found != null) {
                return found;
            }
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "the agent of " + held.handle());
        }
        throw new AbortException("the agent is gone, so there is no place for its file");
    }

    /** Never fails the block: what could not be done is said in the log, and expiry is the backstop. */
    private void end(String words, ClosedBy by) {
        over = true;
        if (held == null) {
            return;
        }
        try {
            finish(live(), words, by);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the end of " + held.handle());
        }
    }

    /** A terminated step has no log any more; the token that beats has its own. */
    private LiveToken live() throws IOException, InterruptedException {
        Optional<LiveToken> beating = LiveTokens.get().find(held.handle());
        return beating.isPresent()
                ? beating.get()
                : new LiveToken(wish.issuer(), held, getContext().get(TaskListener.class));
    }

    private void finish(LiveToken live, String words, ClosedBy by) throws IOException, InterruptedException {
        CloseOutcome outcome = live.end();
        Duration lived = live.lived(Instant.now());
        Run<?, ?> run = getContext().get(Run.class);
        getContext().get(TaskListener.class).getLogger().println(StepText.ended(outcome, by, Optional.of(lived)));
        TaskTokensAction.ended(run, outcome, words, lived);
    }

    private void deleteFiles(StepContext context) {
        for (String folder : folders) {
            try {
                onAgent(context, folder).deleteRecursive();
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOGGER.log(Level.FINE, e, () -> "could not delete " + folder);
                say(
                        context,
                        "taskbound: could not delete the file of the token in " + folder
                                + "; the token in it is closed");
            }
        }
    }

    private static FilePath onAgent(StepContext context, String path) throws IOException, InterruptedException {
        FilePath workspace = context.get(FilePath.class);
        if (workspace == null) {
            throw new IOException("the agent is gone");
        }
        return new FilePath(workspace.getChannel(), path);
    }

    private static void say(StepContext context, String line) {
        try {
            context.get(TaskListener.class).getLogger().println(line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }

    /** As the step API's own tail call, but it knows an abort from a failure. */
    private final class Ending extends BodyExecutionCallback {
        private static final long serialVersionUID = 1;

        @Override
        public void onStart(StepContext context) {
            begun = true;
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            run(() -> {
                closeAll(context, "step end", ClosedBy.STEP);
                context.onSuccess(result);
            });
        }

        @Override
        public void onFailure(StepContext context, Throwable failure) {
            boolean aborted = failure instanceof FlowInterruptedException it && it.isActualInterruption();
            run(() -> {
                closeAll(context, aborted ? "cancel" : "step end", aborted ? ClosedBy.CANCELLED : ClosedBy.STEP);
                context.onFailure(failure);
            });
        }

        private void closeAll(StepContext context, String words, ClosedBy by) {
            end(words, by);
            deleteFiles(context);
        }
    }
}

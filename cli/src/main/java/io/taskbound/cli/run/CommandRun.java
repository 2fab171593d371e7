// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.credential.StepCredential;
import io.taskbound.cli.inject.InjectPlan;
import io.taskbound.cli.inject.Injector;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.EndSignal;
import io.taskbound.cli.terminal.Signals;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.step.ClosedBy;
import io.taskbound.client.step.StepText;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The command under its token, or with the credential that was delivered for it: from the grant to the exit code.
 * However it ends, the token is closed before.
 */
final class CommandRun {
    /** Closing begins with the signal; whoever sent it will not wait long. */
    static final Duration LAST_WORDS = Duration.ofSeconds(5);

    private final RunPlan plan;
    private final StepLog log;
    private final Signals signals;
    private final TokenFiles files;
    private final HeldStepToken life;
    private volatile Optional<StepCredential> credential = Optional.empty();
    private volatile Optional<Injector> injector = Optional.empty();

    CommandRun(RunPlan plan, StepLog log, Signals signals, TokenFiles files, HeldStepToken life) {
        this.plan = plan;
        this.log = log;
        this.signals = signals;
        this.files = files;
        this.life = life;
    }

    /**
     * The command's own exit code, also when it ended because of a signal that we handed on; 128 + n when signal n came
     * before it started, or when it did not end by itself.
     */
    int run() {
        try {
            return signals.first().map(EndSignal::exitCode).orElseGet(this::runCommand);
        } finally {
            settle();
        }
    }

    private int runCommand() {
        try {
            var handed = handed();
            if (handed.isEmpty()) {
                return signals.first().map(EndSignal::exitCode).orElse(Complaint.REFUSED);
            }
            var process =
                    WrappedProcess.start(new Executable(context()).located(plan.command()), environment(handed.get()));
            signals.deliverTo(signal -> stop(process, signal));
            return waitFor(process);
        } catch (IOException e) {
            return notStarted(e);
        }
    }

    private Optional<ChildEnvironment.Added> handed() throws IOException {
        if (plan.inject().isPresent()) {
            return handedAddress(plan.inject().get());
        }
        return life.granted().credentialKind().isPresent() ? handedCredential() : handedToken();
    }

    /** Empty when the task delivers a credential, which has been said. */
    private Optional<ChildEnvironment.Added> handedAddress(InjectPlan to) throws IOException {
        var granted = life.granted();
        if (granted.credentialKind().isPresent()) {
            log.warn(StepText.notInjected(granted.credentialKind().get()));
            return Optional.empty();
        }
        log.note(StepText.injected(to.target().toString(), granted.proofKey().isPresent()));
        var started = Injector.start(to, granted);
        injector = Optional.of(started);
        return Optional.of(ChildEnvironment.Added.address(
                started.url(), granted.handle(), context().environment()));
    }

    private Optional<ChildEnvironment.Added> handedToken() throws IOException {
        var granted = life.granted();
        files.write(granted.token());
        return Optional.of(
                ChildEnvironment.Added.token(granted.token(), granted.handle(), files.token(), files.header()));
    }

    /** Empty when none was delivered, which has been said, or a signal came before. */
    private Optional<ChildEnvironment.Added> handedCredential() throws IOException {
        credential = new CredentialFetch(life, log, signals).into(files.folder());
        credential.ifPresent(given -> life.atHeartbeat(given::heartbeat));
        return credential.map(given -> ChildEnvironment.Added.credential(
                given.variables(), life.granted().handle()));
    }

    private Map<String, String> environment(ChildEnvironment.Added added) {
        var child = plan.passIdToken()
                ? ChildEnvironment.passingIdTokens(added)
                : ChildEnvironment.without(added, plan.idTokens().variable(), plan.audiences());
        return child.from(context().environment());
    }

    /** Closing comes first and in its own thread, since handing a signal on takes a process. */
    private void stop(WrappedProcess process, EndSignal signal) {
        injector.ifPresent(Injector::end);
        var unused = life.close(ClosedBy.CANCELLED);
        credential.ifPresent(StepCredential::end);
        process.forward(signal);
        files.delete();
    }

    private int waitFor(WrappedProcess process) {
        boolean killed = !signals.letEnd(process.end())
                && endSoon(process, signals.first().orElseThrow());
        process.end().join();
        return killed ? signals.first().orElseThrow().exitCode() : process.exitCode();
    }

    /** True when it had to be killed: its code then says no more than that. */
    private boolean endSoon(WrappedProcess process, EndSignal signal) {
        // At a terminal it is the person's to decide how long a program may go on after Ctrl-C.
        boolean fromTerminal = signal == EndSignal.INT && ForegroundGroup.isOurs();
        if (fromTerminal || process.endsWithin(plan.grace())) {
            return false;
        }
        log.warn("taskbound: the command still ran " + plan.grace().toSeconds() + " s after SIG" + signal.posixName()
                + "; it was killed, together with what it had started");
        process.kill();
        return true;
    }

    private int notStarted(IOException fault) {
        int code = new Executable(context()).fault(plan.command().get(0)).orElse(Executable.NOT_EXECUTABLE);
        // Not the message of the fault, which repeats the command's arguments.
        log.warn("taskbound: the command could not be started ("
                + fault.getClass().getSimpleName() + ")");
        return code;
    }

    private void settle() {
        // Before the close, which takes a request.
        injector.ifPresent(Injector::end);
        credential.ifPresent(StepCredential::end);
        var end = heard();
        if (end.outcome() instanceof CloseOutcome.Failed) {
            log.warn(end.text());
        } else {
            log.note(end.text());
        }
        plan.receipt()
                .ifPresent(file -> new ReceiptFile(file, log)
                        .write(life.receipt(), signals.first().isPresent()));
    }

    private HeldStepToken.Ended heard() {
        var closing = life.close(signals.first().isPresent() ? ClosedBy.CANCELLED : ClosedBy.STEP);
        if (signals.letEnd(closing)) {
            return closing.join();
        }
        try {
            return closing.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException unheard) {
            return life.unheard(ClosedBy.CANCELLED);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return life.unheard(ClosedBy.CANCELLED);
        }
    }

    private CommandContext context() {
        return log.context();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.CloseAnswer;
import io.taskbound.client.ClosedBy;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.RefusalText;
import io.taskbound.client.StepText;
import io.taskbound.client.TokensToClose;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks for the token of one step and, when it is granted, runs the command with it. */
final class Step {
    private static final Duration LATE_GRANT = Duration.ofSeconds(5);

    private final RunPlan plan;
    private final StepLog log;
    private final Signals signals;

    Step(RunPlan plan, StepLog log, Signals signals) {
        this.plan = plan;
        this.log = log;
        this.signals = signals;
    }

    private record Asked(IdToken idToken, MintAnswer answer) {}

    /** The exit code. */
    int run() throws Complaint {
        var files = TokenFiles.prepare(log.surroundings());
        try {
            var asked = Background.start("mint", this::ask);
            return signals.letEnd(asked) ? act(result(asked), files) : stoppedEarly(asked);
        } finally {
            if (!files.delete()) {
                log.warn("taskbound: could not remove " + files.folder() + "; the token in it is dead");
            }
        }
    }

    private Asked ask() throws Complaint {
        var idToken = plan.idTokens().fetch(plan.audience());
        return new Asked(idToken, plan.issuer().mint(idToken, plan.request()));
    }

    private int act(Asked asked, TokenFiles files) {
        return asked.answer()
                .match(
                        granted -> runWith(granted.token(), files),
                        wouldGrant -> Complaint.REFUSED,
                        refused -> refused(asked.idToken(), refused),
                        unavailable -> unavailable(asked.idToken(), unavailable));
    }

    private int runWith(GrantedToken granted, TokenFiles files) {
        // Masks before anything else can be printed.
        RunnerMasks.register(granted.token(), log);
        var life = TokenLife.of(granted, plan.issuer(), log);
        log.note(StepText.granted(granted));
        return new MintedStep(plan, log, signals, files, life).run();
    }

    private int refused(IdToken idToken, MintAnswer.Refused refused) {
        log.warn(RefusalText.of(plan.issuer().issuer(), plan.request(), idToken, refused));
        if (refused.mayHaveLeftAToken()) {
            closeOrphan(idToken);
        }
        return Complaint.REFUSED;
    }

    private int unavailable(IdToken idToken, MintAnswer.Unavailable unavailable) {
        log.warn(StepText.unavailable(plan.issuer().issuer(), unavailable.outage(), true));
        if (unavailable.mayHaveLeftAToken()) {
            closeOrphan(idToken);
        }
        return Complaint.REFUSED;
    }

    /** A token may live whose handle nobody knows. Only the ID token can name it, together with all else of this job. */
    private void closeOrphan(IdToken idToken) {
        var closing = Background.start("orphan", () -> plan.issuer().close(idToken, TokensToClose.allOfJob()));
        boolean closed = signals.letEnd(closing) && closing.join() instanceof CloseAnswer.Closed;
        log.warn(
                closed
                        ? "taskbound: a token may have been granted that never reached us: every token of this job was"
                                + " closed"
                        : "taskbound: a token may have been granted that never reached us, and could not be closed;"
                                + " nobody holds it, and it dies when its lease lapses");
    }

    /** A signal came before the answer; when the answer is a token, it must not outlive us. */
    private int stoppedEarly(CompletableFuture<Asked> asked) {
        var signal = signals.first().orElseThrow();
        // Nothing below us but a command that fetches the ID token.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        try {
            var late = asked.get(LATE_GRANT.toMillis(), TimeUnit.MILLISECONDS).answer();
            if (late instanceof MintAnswer.Granted granted) {
                var end = TokenLife.of(granted.token(), plan.issuer(), log).close(ClosedBy.CANCELLED);
                log.warn(end.get(LATE_GRANT.toMillis(), TimeUnit.MILLISECONDS).text());
            }
        } catch (TimeoutException none) {
            log.warn(
                    "taskbound: stopped before the issuer answered; should it have granted a token, nobody holds it, and"
                            + " it dies when its lease lapses");
        } catch (ExecutionException noIdToken) {
            log.warn("taskbound: stopped before a token was asked for");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return signal.exitCode();
    }

    private static Asked result(CompletableFuture<Asked> asked) throws Complaint {
        try {
            return asked.join();
        } catch (CompletionException broken) {
            if (broken.getCause() instanceof Complaint complaint) {
                throw complaint;
            }
            throw broken;
        }
    }
}

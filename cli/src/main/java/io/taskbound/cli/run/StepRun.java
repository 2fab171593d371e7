// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.EndSignal;
import io.taskbound.cli.terminal.Signals;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.PendingApproval;
import io.taskbound.client.step.ApprovalText;
import io.taskbound.client.step.RefusalText;
import io.taskbound.client.step.StepText;
import java.time.Duration;
import java.util.Optional;

/** Asks for the token of one step and, when it is granted, runs the command with it. */
final class StepRun {
    /** After a signal; closing takes its time after that, and ten seconds are what a CI system leaves for both. */
    private static final Duration LATE_ANSWER = Duration.ofSeconds(3);

    private final RunPlan plan;
    private final StepLog log;
    private final Signals signals;

    StepRun(RunPlan plan, StepLog log, Signals signals) {
        this.plan = plan;
        this.log = log;
        this.signals = signals;
    }

    /** The exit code. */
    int run() throws Complaint {
        var files = TokenFiles.prepare(log.context());
        try {
            return askAndRun(files);
        } finally {
            if (!files.delete()) {
                log.warn("taskbound: could not remove " + files.folder() + "; the token in it is dead");
            }
        }
    }

    private int askAndRun(TokenFiles files) throws Complaint {
        var asking = TokenRequest.start(plan, log);
        return signals.letEnd(asking.end()) ? act(asking.answer(), files) : stoppedEarly(asking, files);
    }

    private int act(TokenRequest.Answered answered, TokenFiles files) {
        return answered.answer()
                .match(
                        granted -> runWith(granted.token(), answered.waiting(), files),
                        wouldGrant -> notRun(),
                        pending -> notApproved(pending.approval(), answered.waiting()),
                        refused -> refused(answered, refused),
                        unavailable -> unavailable(answered.idToken(), unavailable));
    }

    private int runWith(GrantedToken granted, Optional<PeopleWait> wait, TokenFiles files) {
        // Masks before anything else can be printed.
        RunnerMasks.register(granted.token(), log);
        wait.ifPresent(over -> log.note(ApprovalText.approved(over.waited())));
        var life = HeldStepToken.of(granted, plan.issuer(), log);
        log.note(StepText.granted(granted));
        return new CommandRun(plan, log, signals, files, life).run();
    }

    /** No command ran whose own code could count. */
    private int notRun() {
        return signals.first().map(EndSignal::exitCode).orElse(Complaint.REFUSED);
    }

    /** Nothing was granted, so nothing is to be closed. */
    private int notApproved(PendingApproval approval, Optional<PeopleWait> wait) {
        log.warn(
                signals.first().isPresent()
                        ? ApprovalText.cancelled(approval)
                        : ApprovalText.gaveUp(
                                approval, wait.map(PeopleWait::waited).orElse(Duration.ZERO)));
        return notRun();
    }

    private int refused(TokenRequest.Answered answered, MintAnswer.Refused refused) {
        var idToken = answered.idToken();
        log.warn(ApprovalText.ended(refused)
                .orElseGet(() -> RefusalText.of(plan.issuer().issuer(), plan.request(), idToken, refused)));
        if (answered.waiting().filter(wait -> wait.beganWith(idToken)).isPresent() && isOfTheProof(refused)) {
            log.warn("taskbound: the wait for approval began with this very ID token, which has become too old"
                    + " meanwhile; name a source that gives a fresh one each time, such as --id-token-command");
        }
        if (refused.mayHaveLeftAToken()) {
            closeOrphan(idToken);
        }
        return notRun();
    }

    private static boolean isOfTheProof(MintAnswer.Refused refused) {
        return refused.refusal().code().equals("invalid_request");
    }

    private int unavailable(IdToken idToken, MintAnswer.Unavailable unavailable) {
        log.warn(StepText.unavailable(plan.issuer().issuer(), unavailable.outage(), true));
        if (unavailable.mayHaveLeftAToken()) {
            closeOrphan(idToken);
        }
        return notRun();
    }

    private void closeOrphan(IdToken idToken) {
        OrphanClose.start(plan.issuer(), idToken).tellEnd(signals, log);
    }

    /** A signal came before the answer; whatever the issuer granted must not outlive us. */
    private int stoppedEarly(TokenRequest asking, TokenFiles files) {
        var idToken = asking.stop();
        // Nothing below us but a command that fetches the ID token.
        ProcessHandle.current().descendants().forEach(ProcessHandle::destroy);
        if (idToken.isEmpty()) {
            log.warn(asking.pending()
                    .map(ApprovalText::cancelled)
                    .orElse("taskbound: stopped before a token was requested"));
            return notRun();
        }
        var late = asking.answerWithin(LATE_ANSWER);
        if (late.isPresent()) {
            return act(late.get(), files);
        }
        log.warn("taskbound: stopped before the issuer answered");
        if (asking.mayHaveLeftAToken()) {
            closeOrphan(idToken.get());
        }
        return notRun();
    }
}

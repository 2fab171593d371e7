// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.LeaseListener;
import io.taskbound.client.step.ClosedBy;
import io.taskbound.client.step.RefusalText;
import io.taskbound.client.step.StepText;
import java.util.Optional;

/** Asks whether the token would be granted; nothing is issued, consumed or run. */
final class DryRun {
    private DryRun() {}

    /** The exit code. */
    static int of(RunPlan plan, StepLog log) throws Complaint {
        var idToken = plan.idTokens().fetch(plan.audience());
        var issuer = plan.issuer();
        return issuer.dryRun(idToken, plan.request())
                .match(
                        granted -> notRehearsed(issuer, granted.token(), log),
                        wouldGrant -> told(log, StepText.wouldGrant(), 0),
                        refused -> told(
                                log,
                                RefusalText.of(issuer.issuer(), plan.request(), idToken, refused),
                                Complaint.REFUSED),
                        unavailable -> told(
                                log,
                                StepText.unavailable(issuer.issuer(), unavailable.outage(), false),
                                Complaint.REFUSED));
    }

    /** Nobody asked for this token, so nobody may hold it. */
    private static int notRehearsed(IssuerClient issuer, GrantedToken granted, StepLog log) {
        var held = issuer.hold(granted, LeaseListener.ignoring());
        log.warn("taskbound: the issuer does not support dry runs: it granted a token");
        log.warn(StepText.ended(held.end(), ClosedBy.STEP, Optional.empty()));
        return Complaint.REFUSED;
    }

    private static int told(StepLog log, String text, int code) {
        log.warn(text);
        return code;
    }
}

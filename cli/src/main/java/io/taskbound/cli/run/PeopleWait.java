// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.client.IdToken;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.PendingApproval;
import io.taskbound.client.step.ApprovalWait;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The wait of one step until people have approved it; says on the way what they and the log need to know. */
final class PeopleWait {
    private final StepLog log;
    private final IdToken first;
    private volatile ApprovalWait wait;

    private PeopleWait(StepLog log, IdToken first, ApprovalWait wait) {
        this.log = log;
        this.first = first;
        this.wait = wait;
    }

    /** @param shown the ID token of the first request */
    static PeopleWait begin(PendingApproval needed, IdToken shown, Optional<Duration> atMost, StepLog log) {
        var wait = new PeopleWait(
                log,
                shown,
                ApprovalWait.begin(needed, atMost, log.context().clock().instant()));
        wait.tell();
        return wait;
    }

    Optional<Instant> askAgainAt() {
        return wait.askAgainAt();
    }

    PendingApproval approval() {
        return wait.approval();
    }

    Duration waited() {
        return wait.waited(now());
    }

    /** False when the answer is the end of it. */
    boolean goesOnAfter(MintAnswer answer) {
        if (answer instanceof MintAnswer.Pending still) {
            wait = wait.heard(still.approval(), now());
        } else if (answer instanceof MintAnswer.Unavailable none) {
            var after = wait.missed(none.outage(), now());
            wait = after.orElse(wait);
            if (after.isEmpty()) {
                return false;
            }
        } else {
            return false;
        }
        tell();
        return true;
    }

    /** Whether the source has given the very ID token with which the wait began. */
    boolean beganWith(IdToken shown) {
        return MessageDigest.isEqual(
                shown.unverifiedPayload().orElseGet(() -> new byte[0]),
                first.unverifiedPayload().orElseGet(() -> new byte[0]));
    }

    /** Also to a quiet log: somebody has to act. */
    private void tell() {
        wait.news().ifPresent(log::warn);
    }

    private Instant now() {
        return log.context().clock().instant();
    }
}

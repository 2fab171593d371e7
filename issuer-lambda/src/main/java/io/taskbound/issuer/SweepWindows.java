// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditLine;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.Policy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends the tokens whose change window a new version of the policy has closed and which nobody looks at, so that what
 * they have got from other services ends too. A window that ends as it was granted needs no help: its tokens expire
 * with it. So a run asks for nothing but whether the policy is new, until it is.
 */
public final class SweepWindows {
    private final CurrentPolicy policy;
    private final Ledger ledger;
    private final WindowEnds windows;
    private final CredentialEnds credentials;
    private final Consumer<String> operatorLog;
    private final Clock clock;

    /**
     * @param credentials ends what such a token has got
     * @param audit gets a line for each end
     */
    public SweepWindows(
            CurrentPolicy policy,
            Ledger ledger,
            CredentialEnds credentials,
            Consumer<AuditLine> audit,
            Consumer<String> operatorLog,
            Clock clock) {
        this.policy = policy;
        this.ledger = ledger;
        this.windows = new WindowEnds(policy, ledger, audit);
        this.credentials = credentials;
        this.operatorLog = operatorLog;
        this.clock = clock;
    }

    /**
     * What one run did.
     *
     * @param ended tokens
     * @param whole whether it could look at all that it had to
     */
    public record Report(int ended, boolean whole) {}

    /**
     * One run. Never throws for what an outage can do: the next run does what is left.
     *
     * @param id names the run in the audit lines, as a request id does
     * @param time when it is over, nothing more is begun
     */
    public Report run(String id, Duration time) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        long began = System.nanoTime();
        int ended = 0;
        try {
            for (var task : policy.tasksWithWindows(now)) {
                if (policy.now().policy().mayBeAlive(task, true, now)) {
                    continue;
                }
                var issued = ledger.issued(task, now.minus(Policy.HIGHEST_CEILING), now);
                while (issued.hasNext()) {
                    if (System.nanoTime() - began > time.toNanos()) {
                        return new Report(ended, false);
                    }
                    ended += end(issued.next(), id, now) ? 1 : 0;
                }
            }
            return new Report(ended, true);
        } catch (LedgerUnavailable outage) {
            operatorLog.accept("taskbound: closed windows: " + outage.getMessage());
        } catch (RuntimeException unforeseen) {
            // Only the class: a message could contain what a caller once sent.
            operatorLog.accept(
                    "taskbound: closed windows: " + unforeseen.getClass().getName());
        }
        return new Report(ended, false);
    }

    private boolean end(TokenRecord token, String id, Instant now) {
        var looked = windows.look(token, id, now);
        if (looked.equals(token)) {
            return false;
        }
        credentials.of(List.of(looked), id, now);
        return true;
    }
}

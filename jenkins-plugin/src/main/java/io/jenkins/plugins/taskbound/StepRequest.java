// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One request of a step, and what the page of its build tells of a no.
 *
 * @param approvalWait how long the step waits for people; null for as long as the issuer says
 */
record StepRequest(
        TokenRequest wanted, boolean dryRun, @CheckForNull Duration approvalWait, StepScene scene) {
    /** What came of it: a token, or a wait for people, or neither where a dry run would be granted. */
    record Outcome(Optional<GrantedToken> token, Optional<PeopleWait> people) {}

    /**
     * For a new task instance.
     *
     * @param aborted whether the build waits no longer
     */
    Outcome first(BooleanSupplier aborted) throws AbortException {
        return told(() -> {
            TaskRequest request = TokenExchange.request(wanted);
            TokenExchange exchange = exchange(request);
            MintAnswer answer = exchange.send(dryRun, aborted);
            return answer instanceof MintAnswer.Pending needed && mayWait()
                    ? waiting(PeopleWait.begin(wanted, request, needed.approval(), approvalWait, scene))
                    : end(exchange, answer, Optional.empty());
        });
    }

    /** The same request once more, with a fresh ID token. */
    Outcome again(PeopleWait wait, BooleanSupplier aborted) throws AbortException {
        return told(() -> {
            TokenExchange exchange = exchange(wait.request());
            MintAnswer answer = exchange.send(false, aborted);
            return wait.goesOnAfter(answer) ? waiting(wait) : end(exchange, answer, Optional.of(wait));
        });
    }

    private boolean mayWait() {
        return !dryRun && !Duration.ZERO.equals(approvalWait);
    }

    private interface Asking {
        Outcome ask() throws AbortException;
    }

    private Outcome told(Asking asking) throws AbortException {
        try {
            return asking.ask();
        } catch (AbortException e) {
            tell(e.getMessage().replace("taskbound: ", "").replace('\n', ' '));
            throw e;
        }
    }

    private void tell(String answer) {
        scene.page().add(new UngrantedTask(wanted, scene.place(), answer, Instant.now()));
    }

    private TokenExchange exchange(TaskRequest request) throws AbortException {
        return TokenExchange.of(wanted, request, scene.run(), scene.log());
    }

    private Outcome waiting(PeopleWait wait) throws AbortException {
        if (wait.askAgainAt().isEmpty()) {
            throw new AbortException(Refusals.notApproved(wanted.task(), wait.approval(), wait.waited()));
        }
        return new Outcome(Optional.empty(), Optional.of(wait));
    }

    private Outcome end(TokenExchange exchange, MintAnswer answer, Optional<PeopleWait> wait) throws AbortException {
        Optional<GrantedToken> granted = exchange.end(answer, dryRun, wait.map(PeopleWait::approval));
        wait.ifPresent(PeopleWait::tellApproved);
        if (answer instanceof MintAnswer.WouldGrant dry) {
            tell(BlockText.onThePage(dry.needsApproval()));
        }
        return new Outcome(granted, Optional.empty());
    }
}

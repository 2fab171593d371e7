// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.taskbound.client.GrantedToken;
import java.time.Duration;
import java.time.Instant;

/**
 * How a build that is not a Pipeline gets its token: on the thread of its executor, which waits for the issuer and, if
 * the job says so, for people.
 */
final class BuildAcquisition {
    private final StepRequest request;
    private boolean aborted;

    BuildAcquisition(StepRequest request) {
        this.request = request;
    }

    /** Of an aborted build too, where the issuer had granted it by then: it is to be closed. */
    GrantedToken token() throws AbortException, InterruptedException {
        try {
            StepRequest.Outcome came = request.first(this::isAborted);
            return came.people().isPresent()
                    ? approved(came.people().get())
                    : came.token().orElseThrow();
        } catch (AbortException e) {
            failIfAborted(e);
            throw e;
        }
    }

    /** @param consequence what the abort led to; null for nothing */
    void failIfAborted(@CheckForNull Exception consequence) throws InterruptedException {
        if (isAborted()) {
            var aborted = new InterruptedException();
            aborted.initCause(consequence);
            throw aborted;
        }
    }

    /** Stays true: an interrupt is forgotten once the request is sent again, to learn which token it left. */
    boolean isAborted() {
        aborted |= Thread.currentThread().isInterrupted();
        return aborted;
    }

    private GrantedToken approved(PeopleWait wait) throws AbortException, InterruptedException {
        wait.show();
        try {
            StepRequest.Outcome came;
            do {
                wait.tell();
                pauseUntil(wait.askAgainAt().orElseThrow());
                came = request.again(wait, this::isAborted);
            } while (came.people().isPresent());
            return came.token().orElseThrow();
        } catch (InterruptedException e) {
            wait.tellStopped();
            throw e;
        } finally {
            wait.hide();
        }
    }

    private void pauseUntil(Instant next) throws InterruptedException {
        failIfAborted(null);
        long pause = Duration.between(Instant.now(), next).toMillis();
        Thread.sleep(Math.max(0, pause));
    }
}

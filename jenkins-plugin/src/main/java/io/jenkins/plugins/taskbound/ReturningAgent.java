// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.FilePath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The workspace of a block that goes on after a restart: its agent connects some time after the controller is up. */
final class ReturningAgent {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Each look at an absent agent may write a line into the build's log. */
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private ReturningAgent() {}

    /** Empty once nobody wants it any more. Fails with one sentence where the agent stays away. */
    static Optional<FilePath> workspace(StepContext context, BooleanSupplier over)
            throws AbortException, InterruptedException {
        Instant last = Instant.now().plus(PATIENCE);
        while (!over.getAsBoolean()) {
            Optional<FilePath> found = look(context);
            if (found.isPresent()) {
                return found;
            }
            if (Instant.now().isAfter(last)) {
                throw new AbortException("the agent did not come back, so there is no place for its file");
            }
            Thread.sleep(PAUSE.toMillis());
        }
        return Optional.empty();
    }

    private static Optional<FilePath> look(StepContext context) throws InterruptedException {
        try {
            return Optional.ofNullable(context.get(FilePath.class));
        } catch (IOException | RuntimeException e) {
            // An agent that is away, or that Jenkins does not even know yet.
            return Optional.empty();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.Run;
import hudson.model.TaskListener;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.IssuerUrl;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Closes the token of a step, and says so in the log and on the page of its build. */
final class TokenClosing {
    private static final Logger LOGGER = Logger.getLogger(TokenClosing.class.getName());

    private TokenClosing() {}

    /** Never fails the step: what could not be done is said in the log, and expiry is the backstop. */
    static void close(StoredToken token, TokenEnd by, IssuerUrl issuer, StepContext context) {
        try {
            finish(live(token, issuer, context), by, context);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the end of " + token.handle());
        }
    }

    /** A terminated step has no log any more; the token that has a heartbeat has its own. */
    private static LiveToken live(StoredToken token, IssuerUrl issuer, StepContext context)
            throws IOException, InterruptedException {
        Optional<LiveToken> beating = LiveTokens.get().find(token.handle());
        return beating.isPresent() ? beating.get() : new LiveToken(issuer, token, context.get(TaskListener.class));
    }

    /** Closes it before anything else: a terminated step has neither a build nor a log to tell. */
    static void finish(LiveToken live, TokenEnd by, StepContext context) throws IOException, InterruptedException {
        CloseOutcome outcome = live.end();
        Duration lived = live.lived(Instant.now());
        Run<?, ?> run = context.get(Run.class);
        context.get(TaskListener.class).getLogger().println(by.line(outcome, lived));
        TaskTokensAction.ended(run, outcome, by, lived);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.Run;
import io.taskbound.client.CloseOutcome;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Closes the token of a block, and says so in the log and on the page of its build. */
final class TokenClosing {
    private static final Logger LOGGER = Logger.getLogger(TokenClosing.class.getName());

    private TokenClosing() {}

    /** Never fails the step: what could not be done is said in the log, and expiry is the backstop. */
    static void close(LiveToken token, TokenEnd by, BlockSite site) {
        try {
            finish(token, by, site);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "the end of " + token.key().handle());
        }
    }

    /** Closes it before anything else: a terminated step has neither a build nor a log to tell. */
    private static void finish(LiveToken token, TokenEnd by, BlockSite site) throws IOException, InterruptedException {
        CloseOutcome outcome = LiveTokens.get().end(token);
        Optional<Duration> lived = Optional.of(token.lived(Instant.now()));
        Run<?, ?> run = site.run();
        site.log().getLogger().println(by.line(outcome, lived));
        TaskTokensAction.ended(run, token.key(), outcome, by, lived);
    }
}

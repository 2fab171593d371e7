// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.AbortException;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.TokensToClose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Closes tokens that the blocks of a build left behind. */
final class LeftTokens {
    private static final Logger LOGGER = Logger.getLogger(LeftTokens.class.getName());

    private LeftTokens() {}

    /** Says in the log, and on the page of the build, how it went. */
    static void close(Run<?, ?> run, List<TaskTokenRecord> open, TokenEnd by, TaskListener log) {
        for (TaskTokenRecord token : open) {
            CloseOutcome outcome = LiveTokens.get()
                    .find(token.key())
                    .map(LiveTokens.get()::end)
                    .orElseGet(() -> byIdentity(run, token));
            Optional<Duration> lived = by.isPrompt() ? Optional.of(token.age(Instant.now())) : Optional.empty();
            log.getLogger().println(by.line(outcome, lived));
            TaskTokensAction.ended(run, token.key(), outcome, by, lived);
            LiveTokens.get().forget(token.key());
        }
    }

    /** After a restart the token itself may be gone with the block; the build can still prove that it was its own. */
    private static CloseOutcome byIdentity(Run<?, ?> run, TaskTokenRecord token) {
        String handle = token.getHandle();
        Instant expires = Instant.parse(token.getExpires());
        try {
            BuildIdentity identity = BuildIdentity.of(run, token.credentialsId(), token.getIssuer());
            return IssuerClients.at(IssuerUrl.of(token.getIssuer()), identity.audience())
                    .close(identity.forClosing(), TokensToClose.one(handle))
                    .match(
                            closed -> new CloseOutcome.Closed(handle),
                            no -> new CloseOutcome.Failed(
                                    handle, expires, "refused: " + no.refusal().code()),
                            none -> new CloseOutcome.Failed(
                                    handle, expires, none.outage().sentence()));
        } catch (AbortException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "could not close " + handle + " of " + run);
            return new CloseOutcome.Failed(handle, expires, "no ID token for this build");
        }
    }
}

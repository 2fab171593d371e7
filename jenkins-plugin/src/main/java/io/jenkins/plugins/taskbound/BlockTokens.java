// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.step.StepText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * The token of one step, and after a restart of Jenkins perhaps a second one: kept alive, put where the block finds it,
 * and closed. Nothing of it is saved; what a block holds is in {@link StepState.Holding}.
 */
final class BlockTokens {
    private static final Logger LOGGER = Logger.getLogger(BlockTokens.class.getName());

    private final StepContext context;
    private final TokenRequest wanted;
    private final Delivery delivery;
    /** The newest one; null until there is one, and after a restart until the block is resumed. */
    private volatile @CheckForNull LiveToken live;

    BlockTokens(StepContext context, TokenRequest wanted, Delivery delivery) {
        this.context = context;
        this.wanted = wanted;
        this.delivery = delivery;
    }

    /** A token that is kept alive, and what the issuer said of it, which no restart survives. */
    record Kept(StoredToken token, GrantedToken granted) {}

    /** Keeps it alive, and says so in the log. */
    Kept keep(GrantedToken granted, TaskListener log) {
        var token = new StoredToken(wanted.issuer(), granted, Instant.now());
        keep(new LiveToken(token, log));
        log.getLogger().println(StepText.granted(granted));
        return new Kept(token, granted);
    }

    void keep(LiveToken token) {
        live = token;
        LiveTokens.get().keep(token);
    }

    /** One of before a restart, of which nobody knows yet whether it is alive. */
    LiveToken recall(StoredToken token, TaskListener log) {
        LiveToken recalled = new LiveToken(token, log);
        live = recalled;
        return recalled;
    }

    /** The credential that the token stands for; empty where the token itself is what the block gets. */
    Optional<BlockSecrets> credential(Kept kept) throws IOException, InterruptedException {
        return BlockCredential.fetch(wanted.issuer(), kept.granted(), delivery, context);
    }

    BlockSecrets secrets(StoredToken token, List<String> folders) {
        return BlockSecrets.of(token.token(), delivery.variables(token.token(), folders));
    }

    BlockEnvironment environment(StoredToken token, BlockSecrets given) throws IOException, InterruptedException {
        String charset = context.get(Run.class).getCharset().name();
        return new BlockEnvironment(given, token.key().handle(), charset);
    }

    void close(StoredToken token, TokenEnd by) {
        try {
            TokenClosing.close(live(token), by, context);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, e, () -> "the end of " + token.key().handle());
        }
    }

    /** Closes its token and deletes its files. */
    void closeAll(StepState.Holding held, TokenEnd by, StepContext place) {
        close(held.token(), by);
        TokenFiles.delete(held.folders(), place);
    }

    /** Keeps the token's receipt with the build; empty, with a line in the log, where there is none. */
    Optional<String> receipt(StoredToken token) {
        try {
            return TokenReceipt.keep(live(token), context);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "no receipt: " + wanted.task());
            return Optional.empty();
        }
    }

    /**
     * The one that is kept alive, if it is that one: a terminated step has no log any more, and that one has its own.
     */
    private LiveToken live(StoredToken token) throws IOException, InterruptedException {
        LiveToken kept = live;
        return kept != null && kept.key().equals(token.key())
                ? kept
                : new LiveToken(token, context.get(TaskListener.class));
    }
}

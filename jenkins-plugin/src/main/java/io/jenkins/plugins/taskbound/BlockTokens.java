// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.FilePath;
import hudson.model.TaskListener;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.step.StepText;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The token of one block, and after a restart of Jenkins perhaps a second one: kept alive, put where the block finds
 * it, and closed. Nothing of it is saved; what a block holds is in {@link StepState.Holding}.
 */
final class BlockTokens {
    private static final Logger LOGGER = Logger.getLogger(BlockTokens.class.getName());

    private final BlockSite site;
    private final TokenRequest wanted;
    private final Delivery delivery;
    /** The newest one; null until there is one, and after a restart until the block is resumed. */
    private volatile @CheckForNull LiveToken live;

    BlockTokens(BlockSite site, TokenRequest wanted, Delivery delivery) {
        this.site = site;
        this.wanted = wanted;
        this.delivery = delivery;
    }

    /** A token that is kept alive, and what the issuer said of it, which no restart survives. */
    record Kept(StoredToken token, GrantedToken granted) {}

    /** Keeps it alive, and says so in the log. */
    Kept keep(GrantedToken granted, TaskListener log) {
        var token = new StoredToken(wanted.issuer(), granted, Instant.now());
        keep(new LiveToken(token, log, site.noun()));
        log.getLogger().println(StepText.granted(granted));
        return new Kept(token, granted);
    }

    void keep(LiveToken token) {
        live = token;
        LiveTokens.get().keep(token);
    }

    /** One of before a restart, of which nobody knows yet whether it is alive. */
    LiveToken recall(StoredToken token, TaskListener log) {
        LiveToken recalled = new LiveToken(token, log, site.noun());
        live = recalled;
        return recalled;
    }

    /** The credential that the token stands for; empty where the token itself is what the block gets. */
    Optional<BlockSecrets> credential(Kept kept) throws IOException, InterruptedException {
        return BlockCredential.fetch(wanted.issuer(), kept.granted(), delivery, site);
    }

    /**
     * What a block is given.
     *
     * @param folders on the agent that contain a token file
     * @param masked what the log says before the block begins
     */
    record Given(BlockSecrets secrets, List<String> folders, String masked) {}

    /** Fetches the credential, or puts the token where the block finds it. */
    Given give(Kept kept) throws IOException, InterruptedException {
        Optional<BlockSecrets> credential = credential(kept);
        if (credential.isPresent()) {
            return new Given(credential.get(), List.of(), BlockText.masking(site.noun(), credential.get()));
        }
        StoredToken token = kept.token();
        List<String> folders = delivery.file() ? List.of(TokenFiles.write(workspace(), token.token())) : List.of();
        return new Given(secrets(token, folders), folders, BlockText.masking(site.noun(), delivery));
    }

    private FilePath workspace() throws IOException, InterruptedException {
        FilePath found = site.workspace();
        if (found == null) {
            throw new AbortException("the agent is gone, so there is no place for the token's file");
        }
        return found;
    }

    BlockSecrets secrets(StoredToken token, List<String> folders) {
        return BlockSecrets.of(token.token(), delivery.variables(token.token(), folders));
    }

    BlockEnvironment environment(StoredToken token, BlockSecrets given) throws IOException, InterruptedException {
        String charset = site.run().getCharset().name();
        return new BlockEnvironment(given, token.key().handle(), charset);
    }

    void close(StoredToken token, TokenEnd by) {
        try {
            TokenClosing.close(live(token), by, site);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.WARNING, e, () -> "the end of " + token.key().handle());
        }
    }

    /** Closes its token and deletes its files. */
    void closeAll(StepState.Holding held, TokenEnd by) {
        closeAll(held, by, site);
    }

    /** @param place where the files can be reached from */
    void closeAll(StepState.Holding held, TokenEnd by, BlockSite place) {
        close(held.token(), by);
        TokenFiles.delete(held.folders(), place);
    }

    /** Keeps the token's receipt with the build; empty, with a line in the log, where there is none. */
    Optional<String> receipt(StoredToken token) {
        try {
            return TokenReceipt.keep(live(token), site);
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
        return kept != null && kept.key().equals(token.key()) ? kept : new LiveToken(token, site.log(), site.noun());
    }
}

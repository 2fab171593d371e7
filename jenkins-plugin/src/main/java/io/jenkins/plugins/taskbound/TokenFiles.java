// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import io.taskbound.client.TaskToken;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A folder of ours on the agent, beside the workspace and never in it, with the token in two files that only their
 * owner may read: as it is, and as a header line for {@code curl -H @file}. Its names come only from here, never from a
 * job.
 */
final class TokenFiles {
    private static final Logger LOGGER = Logger.getLogger(TokenFiles.class.getName());
    static final String TOKEN = "token";
    static final String HEADER = "header";

    private TokenFiles() {}

    /** Answers the folder's path. */
    static String write(FilePath workspace, TaskToken token) throws IOException, InterruptedException {
        FilePath beside = WorkspaceList.tempDir(workspace);
        if (beside == null) {
            throw new IOException("this workspace has no folder for temporary files");
        }
        FilePath folder = beside.child("taskbound-" + UUID.randomUUID());
        folder.mkdirs();
        folder.chmod(0700);
        write(folder.child(TOKEN), token.reveal());
        write(folder.child(HEADER), "Authorization: Bearer " + token.reveal() + "\n");
        return folder.getRemote();
    }

    private static void write(FilePath file, String text) throws IOException, InterruptedException {
        // Before anything is in it: from its first byte on nobody else can read it.
        file.touch(System.currentTimeMillis());
        file.chmod(0600);
        file.write(text, "UTF-8");
    }

    /** A file of such a folder, as the agent's system writes paths. */
    static String path(String folder, String name) {
        return folder + (folder.contains("\\") ? "\\" : "/") + name;
    }

    /** Says in the log of the build which folder could not be deleted. */
    static void delete(List<String> folders, BlockSite site) {
        folders.forEach(folder -> delete(folder, site));
    }

    private static void delete(String folder, BlockSite site) {
        try {
            onAgent(site, folder).deleteRecursive();
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "could not delete " + folder);
            say(site, "taskbound: could not delete the token's file in " + folder + "; the token in it is closed");
        }
    }

    private static FilePath onAgent(BlockSite site, String path) throws IOException, InterruptedException {
        FilePath workspace = site.workspace();
        if (workspace == null) {
            throw new IOException("the agent is gone");
        }
        return new FilePath(workspace.getChannel(), path);
    }

    private static void say(BlockSite site, String line) {
        try {
            site.log().getLogger().println(line);
        } catch (IOException | InterruptedException e) {
            LOGGER.log(Level.FINE, line, e);
        }
    }
}

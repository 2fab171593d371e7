// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.FilePath;
import hudson.slaves.WorkspaceList;
import io.taskbound.client.TaskToken;
import java.io.IOException;
import java.util.UUID;

/**
 * A folder of ours on the agent, beside the workspace and never in it, with the token in two files that their owner alone may read: as it is, and
 * as a header line for {@code curl -H @file}. Its names come from here alone, never from a job.
 */
final class TokenFiles {
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
        // Before anything is in it: from its first octet on nobody else can read it.
        file.touch(System.currentTimeMillis());
        file.chmod(0600);
        file.write(text, "UTF-8");
    }
}

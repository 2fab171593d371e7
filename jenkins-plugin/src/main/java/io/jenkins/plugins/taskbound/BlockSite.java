// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;

/**
 * Where a token is held: a block of a Pipeline, or the build steps of another job. Each thing is asked for when it is
 * needed, because an agent can be lost meanwhile, and a terminated step has no log any more.
 */
interface BlockSite {
    Run<?, ?> run() throws IOException, InterruptedException;

    TaskListener log() throws IOException, InterruptedException;

    /** On the agent; null where there is none, or where it is lost. */
    @CheckForNull
    FilePath workspace() throws IOException, InterruptedException;

    /** What its programs find in their environment beside the token. */
    Map<String, String> environment() throws IOException, InterruptedException;

    /** The stages and branches around it, for people; empty outside of all. */
    String place();

    /** What the log calls it. */
    String noun();
}

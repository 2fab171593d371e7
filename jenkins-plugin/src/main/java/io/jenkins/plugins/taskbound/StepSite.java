// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Map;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A block of a Pipeline. */
record StepSite(StepContext context) implements BlockSite {
    @Override
    public Run<?, ?> run() throws IOException, InterruptedException {
        return context.get(Run.class);
    }

    @Override
    public TaskListener log() throws IOException, InterruptedException {
        return context.get(TaskListener.class);
    }

    @Override
    @CheckForNull
    public FilePath workspace() throws IOException, InterruptedException {
        return context.get(FilePath.class);
    }

    @Override
    public Map<String, String> environment() throws IOException, InterruptedException {
        EnvVars known = context.get(EnvVars.class);
        return known == null ? Map.of() : known;
    }

    @Override
    public String place() {
        return BlockPlace.of(context);
    }

    @Override
    public String noun() {
        return "block";
    }
}

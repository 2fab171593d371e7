// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.AbstractBuild;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;

/** The build steps of a Freestyle job, or of one cell of a Matrix job. */
record BuildSite(AbstractBuild<?, ?> build, TaskListener log) implements BlockSite {
    @Override
    public Run<?, ?> run() {
        return build;
    }

    @Override
    @CheckForNull
    public FilePath workspace() {
        return build.getWorkspace();
    }

    @Override
    public EnvVars environment() throws IOException, InterruptedException {
        return build.getEnvironment(log);
    }

    @Override
    public String place() {
        return "";
    }

    @Override
    public String noun() {
        return "build";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * Where a step runs, and where it tells of itself.
 *
 * @param place its stages and branches, for people
 */
record StepScene(Run<?, ?> run, TaskTokensAction page, TaskListener log, String place) {
    static StepScene of(StepContext context) throws IOException, InterruptedException {
        Run<?, ?> run = context.get(Run.class);
        return new StepScene(run, TaskTokensAction.of(run), context.get(TaskListener.class), BlockPlace.of(context));
    }
}

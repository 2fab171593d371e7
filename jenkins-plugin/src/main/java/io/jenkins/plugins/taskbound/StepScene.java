// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;

/**
 * Where a token is asked for, and where that is told.
 *
 * @param place its stages and branches, for people
 */
record StepScene(Run<?, ?> run, TaskTokensAction page, TaskListener log, String place) {
    static StepScene of(BlockSite site) throws IOException, InterruptedException {
        Run<?, ?> run = site.run();
        return new StepScene(run, TaskTokensAction.of(run), site.log(), site.place());
    }
}

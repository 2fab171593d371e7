// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.actions.ThreadNameAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** In which stages and branches of its Pipeline a block stands. */
final class BlockPlace {
    private static final Logger LOGGER = Logger.getLogger(BlockPlace.class.getName());

    private BlockPlace() {}

    /** Such as {@code Release / linux}, the outermost first; empty outside of all. */
    static String of(StepContext context) {
        try {
            FlowNode here = context.get(FlowNode.class);
            return here == null ? "" : String.join(" / ", names(here));
        } catch (IOException | InterruptedException | RuntimeException e) {
            // It only decorates a page.
            LOGGER.log(Level.FINE, e, () -> "the place of " + context);
            return "";
        }
    }

    private static List<String> names(FlowNode here) {
        var names = new ArrayList<String>();
        for (FlowNode block : here.getEnclosingBlocks()) {
            var branch = block.getAction(ThreadNameAction.class);
            var label = block.getAction(LabelAction.class);
            if (branch != null) {
                names.add(branch.getThreadName());
            } else if (label != null) {
                names.add(label.getDisplayName());
            }
        }
        Collections.reverse(names);
        return names;
    }
}

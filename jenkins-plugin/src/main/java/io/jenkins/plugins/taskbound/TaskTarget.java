// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.AbstractDescribableImpl;
import hudson.model.Descriptor;
import io.taskbound.client.TaskDetail;
import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** One target of a task: what is acted on, and how. */
public final class TaskTarget extends AbstractDescribableImpl<TaskTarget> implements Serializable {
    private static final long serialVersionUID = 1;

    private final String identifier;
    private @CheckForNull String action;
    private @CheckForNull String location;

    @DataBoundConstructor
    public TaskTarget(String identifier) {
        this.identifier = identifier == null ? "" : identifier.strip();
    }

    public String getIdentifier() {
        return identifier;
    }

    @CheckForNull
    public String getAction() {
        return action;
    }

    /** One or more actions, separated by commas. */
    @DataBoundSetter
    public void setAction(String action) {
        this.action = Util.fixEmptyAndTrim(action);
    }

    @CheckForNull
    public String getLocation() {
        return location;
    }

    /** The audience of the resource server, where the task has several. */
    @DataBoundSetter
    public void setLocation(String location) {
        this.location = Util.fixEmptyAndTrim(location);
    }

    /** The same with its variables replaced. */
    TaskTarget expanded(UnaryOperator<String> expand) {
        var expanded = new TaskTarget(expand.apply(identifier));
        expanded.action = action;
        expanded.location = location;
        return expanded;
    }

    TaskDetail of(String task) {
        return new TaskDetail(task, words(action), words(location), identifier);
    }

    /** For people. */
    String shown() {
        return action == null ? identifier : action + " " + identifier;
    }

    private static List<String> words(@CheckForNull String text) {
        return text == null ? List.of() : List.of(text.split("[,\\s]+"));
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<TaskTarget> {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TaskTarget_DisplayName();
        }
    }
}

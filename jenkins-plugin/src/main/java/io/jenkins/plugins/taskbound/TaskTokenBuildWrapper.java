// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Launcher;
import hudson.Util;
import hudson.model.AbstractBuild;
import hudson.model.AbstractProject;
import hudson.model.BuildListener;
import hudson.model.Item;
import hudson.tasks.BuildWrapper;
import hudson.tasks.BuildWrapperDescriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/**
 * The build environment <i>Hold a task token while the build runs</i> of Freestyle and Matrix jobs. Each cell of a
 * Matrix job is a build with a token of its own; the job around them asks for none.
 *
 * <p>Not a {@link jenkins.tasks.SimpleBuildWrapper}: Pipeline stores what such a wrapper gives to its block in plain
 * text, and it cannot take away a credential that the agent has of its own. In a Pipeline there is
 * {@link WithTaskTokenStep}, whose name is also this wrapper's, so that a job in Job DSL reads like a Jenkinsfile.
 */
public final class TaskTokenBuildWrapper extends BuildWrapper implements TaskForm {
    private final String task;
    private @CheckForNull String identifier;
    private @CheckForNull String action;
    private @CheckForNull List<TaskTarget> details;
    private @CheckForNull String issuer;
    private @CheckForNull String credentialsId;
    private @CheckForNull String lifetime;
    private @CheckForNull String lease;
    private @CheckForNull String variable;
    private @CheckForNull String approvalWait;
    private boolean file;
    private boolean receipt;

    @DataBoundConstructor
    public TaskTokenBuildWrapper(String task) {
        this.task = task == null ? "" : task.strip();
    }

    @Override
    public String getTask() {
        return task;
    }

    @Override
    @CheckForNull
    public String getIdentifier() {
        return identifier;
    }

    /** The one thing acted on. */
    @DataBoundSetter
    public void setIdentifier(String identifier) {
        this.identifier = Util.fixEmptyAndTrim(identifier);
    }

    @Override
    @CheckForNull
    public String getAction() {
        return action;
    }

    /** One or more actions, separated by commas; optional if the task permits only one. */
    @DataBoundSetter
    public void setAction(String action) {
        this.action = Util.fixEmptyAndTrim(action);
    }

    @Override
    @CheckForNull
    public List<TaskTarget> getDetails() {
        return details;
    }

    /** Several targets, instead of identifier and action. */
    @DataBoundSetter
    public void setDetails(List<TaskTarget> details) {
        // A plain list: the job's XML would else name an inner class of the JDK.
        this.details = details == null || details.isEmpty() ? null : new ArrayList<>(details);
    }

    @Override
    @CheckForNull
    public String getIssuer() {
        return issuer;
    }

    /** Overrides the configured issuer. */
    @DataBoundSetter
    public void setIssuer(String issuer) {
        this.issuer = Util.fixEmptyAndTrim(issuer);
    }

    @Override
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Overrides the configured credential; looked up with the rights of the build. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @Override
    @CheckForNull
    public String getLifetime() {
        return lifetime;
    }

    /** Such as {@code 10m}; the policy may allow less. */
    @DataBoundSetter
    public void setLifetime(String lifetime) {
        this.lifetime = Util.fixEmptyAndTrim(lifetime);
    }

    @Override
    @CheckForNull
    public String getLease() {
        return lease;
    }

    /** Such as {@code 60s}: how long the token lives after the controller's last heartbeat. */
    @DataBoundSetter
    public void setLease(String lease) {
        this.lease = Util.fixEmptyAndTrim(lease);
    }

    @Override
    @CheckForNull
    public String getVariable() {
        return variable;
    }

    /** Overrides {@code TASKBOUND_TOKEN} or, with a file, {@code TASKBOUND_TOKEN_FILE}. */
    @DataBoundSetter
    public void setVariable(String variable) {
        this.variable = Util.fixEmptyAndTrim(variable);
    }

    @Override
    @CheckForNull
    public String getApprovalWait() {
        return approvalWait;
    }

    /** Such as {@code 20m}: how long the executor waits for people. It does not wait if this is empty. */
    @DataBoundSetter
    public void setApprovalWait(String approvalWait) {
        this.approvalWait = Util.fixEmptyAndTrim(approvalWait);
    }

    @Override
    public boolean isFile() {
        return file;
    }

    /** The build steps get the token in a file, and not in their environment. */
    @DataBoundSetter
    public void setFile(boolean file) {
        this.file = file;
    }

    public boolean isReceipt() {
        return receipt;
    }

    /** Keeps the token's receipt with the build. */
    @DataBoundSetter
    public void setReceipt(boolean receipt) {
        this.receipt = receipt;
    }

    @Override
    public Environment setUp(AbstractBuild build, Launcher launcher, BuildListener log)
            throws IOException, InterruptedException {
        BuildToken token = BuildToken.get(this, receipt, new BuildSite(build, log));
        return new Environment() {
            @Override
            public void buildEnvVars(Map<String, String> environment) {
                token.addTo(environment);
            }

            @Override
            public boolean tearDown(AbstractBuild ended, BuildListener same) {
                token.end();
                return true;
            }
        };
    }

    @Override
    public OutputStream decorateLogger(AbstractBuild build, OutputStream log) {
        return BuildMasks.get().filter(build, log);
    }

    @Override
    public void makeSensitiveBuildVariables(AbstractBuild build, Set<String> sensitive) {
        sensitive.add(new FilledForm(this).variable());
        sensitive.addAll(BuildMasks.get().sensitive(build));
    }

    @Symbol("withTaskToken")
    @Extension
    public static final class DescriptorImpl extends BuildWrapperDescriptor {
        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.TaskTokenBuildWrapper_DisplayName();
        }

        @Override
        public boolean isApplicable(AbstractProject<?, ?> job) {
            return true;
        }

        /** What an empty field means; only for people who may see the form. */
        public String getConfiguredIssuer() {
            return TaskFormChecks.configuredIssuer();
        }

        @RequirePOST
        public FormValidation doCheckTask(@AncestorInPath Item item, @QueryParameter String value) {
            return TaskFormChecks.task(item, value);
        }

        @RequirePOST
        public FormValidation doCheckVariable(@AncestorInPath Item item, @QueryParameter String value) {
            return TaskFormChecks.variable(item, value);
        }

        @RequirePOST
        public FormValidation doCheckIssuer(@AncestorInPath Item item, @QueryParameter String value) {
            return TaskFormChecks.issuer(item, value);
        }

        @RequirePOST
        public FormValidation doCheckLifetime(@AncestorInPath Item item, @QueryParameter String value) {
            return TaskFormChecks.duration(item, "Lifetime", value);
        }

        @RequirePOST
        public FormValidation doCheckLease(@AncestorInPath Item item, @QueryParameter String value) {
            return TaskFormChecks.duration(item, "Lease", value);
        }

        @RequirePOST
        public FormValidation doCheckApprovalWait(@AncestorInPath Item item, @QueryParameter String value) {
            return TaskFormChecks.approvalWait(item, value);
        }

        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return TaskFormChecks.credentials(item, credentialsId);
        }
    }
}

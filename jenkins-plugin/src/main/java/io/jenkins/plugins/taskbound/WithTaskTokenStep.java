// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The step {@code withTaskToken}: its block, and only its block, holds a token for one declared task. */
public final class WithTaskTokenStep extends Step implements TaskForm {
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
    private boolean dryRun;
    private boolean receipt;

    @DataBoundConstructor
    public WithTaskTokenStep(String task) {
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
        this.details = details == null || details.isEmpty() ? null : List.copyOf(details);
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

    /**
     * Such as {@code 20m}: how long to wait for people; {@code 0} fails at once. As long as the policy says, if empty.
     */
    @DataBoundSetter
    public void setApprovalWait(String approvalWait) {
        this.approvalWait = Util.fixEmptyAndTrim(approvalWait);
    }

    @Override
    public boolean isFile() {
        return file;
    }

    /** The block gets the token in a file, and not in its environment. */
    @DataBoundSetter
    public void setFile(boolean file) {
        this.file = file;
    }

    public boolean isDryRun() {
        return dryRun;
    }

    /** Asks whether the task would be granted, and does not run the block. */
    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        this.dryRun = dryRun;
    }

    public boolean isReceipt() {
        return receipt;
    }

    /** Keeps the token's receipt with the build, and gives it back as the value of the step. */
    @DataBoundSetter
    public void setReceipt(boolean receipt) {
        this.receipt = receipt;
    }

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        var filled = new FilledForm(this);
        return new TaskTokenExecution(
                context,
                filled.request(),
                filled.delivery(),
                dryRun,
                receipt,
                filled.approvalWait().orElse(null));
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        @Override
        public String getFunctionName() {
            return "withTaskToken";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return Messages.WithTaskTokenStep_DisplayName();
        }

        @Override
        public boolean takesImplicitBlockArgument() {
            return true;
        }

        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public Step newInstance(Map<String, Object> arguments) throws AbortException {
            Map<String, Object> checked = StepArguments.checked(arguments);
            try {
                return new DescribableModel<>(WithTaskTokenStep.class).instantiate(checked);
            } catch (RuntimeException unreadable) {
                throw StepArguments.wrong("Jenkins could not read the parameters. See Pipeline Syntax for their form");
            }
        }

        /** An empty form gives a snippet that shows what is to be filled in. */
        @NonNull
        @Override
        public UninstantiatedDescribable customUninstantiate(@NonNull UninstantiatedDescribable set) {
            var arguments = new TreeMap<String, Object>(set.getArguments());
            arguments.putIfAbsent("task", "");
            if (!arguments.containsKey("details")) {
                arguments.putIfAbsent("identifier", "");
            }
            return set.withArguments(arguments);
        }

        @Override
        public String argumentsToString(@NonNull Map<String, Object> named) {
            return named.get("task") instanceof String task ? task : null;
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

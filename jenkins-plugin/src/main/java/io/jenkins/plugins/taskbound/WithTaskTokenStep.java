// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import io.taskbound.client.IssuerUrl;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
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
import org.springframework.security.core.Authentication;

/** The step {@code withTaskToken}: its block, and only its block, holds a token for one declared task. */
public final class WithTaskTokenStep extends Step {
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

    public String getTask() {
        return task;
    }

    @CheckForNull
    public String getIdentifier() {
        return identifier;
    }

    /** The one thing acted on. */
    @DataBoundSetter
    public void setIdentifier(String identifier) {
        this.identifier = Util.fixEmptyAndTrim(identifier);
    }

    @CheckForNull
    public String getAction() {
        return action;
    }

    /** One or more actions, separated by commas; optional if the task permits only one. */
    @DataBoundSetter
    public void setAction(String action) {
        this.action = Util.fixEmptyAndTrim(action);
    }

    @CheckForNull
    public List<TaskTarget> getDetails() {
        return details;
    }

    /** Several targets, instead of identifier and action. */
    @DataBoundSetter
    public void setDetails(List<TaskTarget> details) {
        this.details = details == null || details.isEmpty() ? null : List.copyOf(details);
    }

    @CheckForNull
    public String getIssuer() {
        return issuer;
    }

    /** Overrides the configured issuer. */
    @DataBoundSetter
    public void setIssuer(String issuer) {
        this.issuer = Util.fixEmptyAndTrim(issuer);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** Overrides the configured credential; looked up with the rights of the build. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getLifetime() {
        return lifetime;
    }

    /** Such as {@code 10m}; the policy may allow less. */
    @DataBoundSetter
    public void setLifetime(String lifetime) {
        this.lifetime = Util.fixEmptyAndTrim(lifetime);
    }

    @CheckForNull
    public String getLease() {
        return lease;
    }

    /** Such as {@code 60s}: how long the token lives after the controller's last heartbeat. */
    @DataBoundSetter
    public void setLease(String lease) {
        this.lease = Util.fixEmptyAndTrim(lease);
    }

    @CheckForNull
    public String getVariable() {
        return variable;
    }

    /** Overrides {@code TASKBOUND_TOKEN} or, with a file, {@code TASKBOUND_TOKEN_FILE}. */
    @DataBoundSetter
    public void setVariable(String variable) {
        this.variable = Util.fixEmptyAndTrim(variable);
    }

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
        return new TaskTokenExecution(
                context, request(), new Delivery(variableOrDefault(), file), dryRun, receipt, longestWait());
    }

    /** Null for as long as the issuer says. */
    @CheckForNull
    private Duration longestWait() throws AbortException {
        try {
            return approvalWait == null ? null : StepDuration.readWait("approvalWait", approvalWait);
        } catch (IllegalArgumentException e) {
            throw StepArguments.wrong(e.getMessage());
        }
    }

    private TokenRequest request() throws AbortException {
        TaskboundConfiguration defaults = TaskboundConfiguration.get();
        String known = orDefault("issuer", issuer, defaults.getIssuer());
        requireAllowed(known);
        return new TokenRequest(
                known,
                orDefault("credentialsId", credentialsId, defaults.getCredentialsId()),
                task,
                targets(),
                first(lifetime, defaults.getLifetime(), ""),
                first(lease, defaults.getLease(), TaskboundConfiguration.DEFAULT_LEASE));
    }

    /** Refused before anything is sent: the requests come from the controller. */
    private static void requireAllowed(String issuer) throws AbortException {
        try {
            Refusals.requireAllowed(IssuerUrl.of(issuer));
        } catch (IllegalArgumentException e) {
            throw StepArguments.wrong(e.getMessage());
        }
    }

    /** Refused before anything is asked: a token that its block cannot find would only have to be closed again. */
    String variableOrDefault() throws AbortException {
        String name = first(variable, null, file ? VariableName.TOKEN_FILE : VariableName.TOKEN);
        Optional<String> objection = VariableName.objection(name);
        if (objection.isPresent()) {
            throw StepArguments.wrong(objection.get());
        }
        return name;
    }

    private List<TaskTarget> targets() throws AbortException {
        requireWhole();
        if (details != null) {
            return details;
        }
        var one = new TaskTarget(identifier);
        one.setAction(action);
        return List.of(one);
    }

    /** Names all that is missing at once: a step with nothing in it lacks two things. */
    private void requireWhole() throws AbortException {
        var missing = new ArrayList<String>();
        if (task.isEmpty()) {
            missing.add("task");
        }
        if (identifier == null && details == null) {
            missing.add("identifier");
        }
        if (!missing.isEmpty()) {
            throw new AbortException("withTaskToken needs " + String.join(" and ", missing)
                    + ", such as withTaskToken(task: 'sign-release', identifier: 'artifact:acme/app.jar')."
                    + " Several targets stand in details instead of identifier");
        }
        if (identifier != null && details != null) {
            throw new AbortException("withTaskToken takes either an identifier or details, not both");
        }
    }

    private static String orDefault(String name, @CheckForNull String own, @CheckForNull String common)
            throws AbortException {
        String found = first(own, common, "");
        if (found.isEmpty()) {
            throw new AbortException("withTaskToken needs '" + name
                    + "', as a parameter of the step or under Manage Jenkins, System, Taskbound");
        }
        return found;
    }

    private static String first(@CheckForNull String one, @CheckForNull String other, String last) {
        return one != null ? one : other != null ? other : last;
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor implements CustomDescribableModel {
        private static final Pattern TASK = Pattern.compile("[a-z0-9-]{1,32}");

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
            String known = TaskboundConfiguration.get().getIssuer();
            return known == null ? "https://tokens.acme.example" : known;
        }

        @RequirePOST
        public FormValidation doCheckTask(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) && isFilled(value) && !TASK.matcher(value).matches()
                    ? FormValidation.error("task must be 1 to 32 characters from a-z, 0-9 and -, as in the policy")
                    : FormValidation.ok();
        }

        @RequirePOST
        public FormValidation doCheckVariable(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) && isFilled(value)
                    ? VariableName.objection(value.strip())
                            .map(FormValidation::error)
                            .orElseGet(FormValidation::ok)
                    : FormValidation.ok();
        }

        private static boolean isFilled(@CheckForNull String value) {
            return value != null && !value.isBlank();
        }

        @RequirePOST
        public FormValidation doCheckIssuer(@AncestorInPath Item item, @QueryParameter String value) {
            if (!mayConfigure(item) || !isFilled(value)) {
                return FormValidation.ok();
            }
            try {
                Refusals.requireAllowed(IssuerUrl.of(value.strip()));
                return FormValidation.ok();
            } catch (IllegalArgumentException | AbortException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @RequirePOST
        public FormValidation doCheckLifetime(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) ? TaskboundConfiguration.checkedDuration("Lifetime", value) : FormValidation.ok();
        }

        @RequirePOST
        public FormValidation doCheckLease(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) ? TaskboundConfiguration.checkedDuration("Lease", value) : FormValidation.ok();
        }

        @RequirePOST
        public FormValidation doCheckApprovalWait(@AncestorInPath Item item, @QueryParameter String value) {
            if (!mayConfigure(item) || !isFilled(value)) {
                return FormValidation.ok();
            }
            try {
                StepDuration.readWait("approvalWait", value.strip());
                return FormValidation.ok();
            } catch (IllegalArgumentException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @RequirePOST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            var box = new StandardListBoxModel();
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !mayUseCredentials(item)) {
                return box.includeCurrentValue(credentialsId);
            }
            return box.includeEmptyValue()
                    .includeAs(whoBuilds(item), item, IdTokenStringCredentials.class)
                    .includeCurrentValue(credentialsId);
        }

        /** What the list offers, the build must find: it looks with the rights of the job. */
        private static Authentication whoBuilds(@CheckForNull Item item) {
            return item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
        }

        private static boolean mayConfigure(@CheckForNull Item item) {
            return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        }

        private static boolean mayUseCredentials(Item item) {
            return item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
        }
    }
}

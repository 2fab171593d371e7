// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.Extension;
import hudson.FilePath;
import hudson.Util;
import hudson.console.ConsoleLogFilter;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import hudson.util.Secret;
import io.jenkins.plugins.oidc_provider.IdTokenStringCredentials;
import io.taskbound.client.CloseOutcome;
import io.taskbound.client.ClosedBy;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.RefusalText;
import io.taskbound.client.StepText;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.TaskToken;
import io.taskbound.client.TokenMasks;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.GeneralNonBlockingStepExecution;
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
public final class WithTaskTokenStep extends Step {
    static final String TOKEN = "TASKBOUND_TOKEN";
    static final String TOKEN_FILE = "TASKBOUND_TOKEN_FILE";
    static final String HEADER_FILE = "TASKBOUND_HEADER_FILE";
    static final String HANDLE = "TASKBOUND_HANDLE";

    private static final Logger LOGGER = Logger.getLogger(WithTaskTokenStep.class.getName());

    private final String task;
    private @CheckForNull String identifier;
    private @CheckForNull String action;
    private @CheckForNull List<TaskTarget> details;
    private @CheckForNull String issuer;
    private @CheckForNull String credentialsId;
    private @CheckForNull String lifetime;
    private @CheckForNull String lease;
    private @CheckForNull String variable;
    private boolean file;
    private boolean dryRun;

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

    /** One or several, parted by commas; may be left out where the task has one. */
    @DataBoundSetter
    public void setAction(String action) {
        this.action = Util.fixEmptyAndTrim(action);
    }

    @CheckForNull
    public List<TaskTarget> getDetails() {
        return details;
    }

    /** In place of identifier and action, for several targets. */
    @DataBoundSetter
    public void setDetails(List<TaskTarget> details) {
        this.details = details == null || details.isEmpty() ? null : List.copyOf(details);
    }

    @CheckForNull
    public String getIssuer() {
        return issuer;
    }

    /** In place of the configured one. */
    @DataBoundSetter
    public void setIssuer(String issuer) {
        this.issuer = Util.fixEmptyAndTrim(issuer);
    }

    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    /** In place of the configured one; looked up where the build may. */
    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    @CheckForNull
    public String getLifetime() {
        return lifetime;
    }

    /** Such as {@code 10m}; the policy may give less. */
    @DataBoundSetter
    public void setLifetime(String lifetime) {
        this.lifetime = Util.fixEmptyAndTrim(lifetime);
    }

    @CheckForNull
    public String getLease() {
        return lease;
    }

    /** Such as {@code 60s}: the token dies that long after the controller's last heartbeat. */
    @DataBoundSetter
    public void setLease(String lease) {
        this.lease = Util.fixEmptyAndTrim(lease);
    }

    @CheckForNull
    public String getVariable() {
        return variable;
    }

    /** In place of {@code TASKBOUND_TOKEN}, or of {@code TASKBOUND_TOKEN_FILE} with a file. */
    @DataBoundSetter
    public void setVariable(String variable) {
        this.variable = Util.fixEmptyAndTrim(variable);
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

    @Override
    public StepExecution start(StepContext context) throws AbortException {
        return new Execution(this, context);
    }

    private TaskWish wish() throws AbortException {
        TaskboundConfiguration defaults = TaskboundConfiguration.get();
        return new TaskWish(
                orDefault("issuer", issuer, defaults.getIssuer()),
                orDefault("credentialsId", credentialsId, defaults.getCredentialsId()),
                task,
                targets(),
                first(lifetime, defaults.getLifetime(), ""),
                first(lease, defaults.getLease(), TaskboundConfiguration.USUAL_LEASE));
    }

    private List<TaskTarget> targets() throws AbortException {
        if ((identifier == null) == (details == null)) {
            throw new AbortException("withTaskToken needs either an identifier or details");
        }
        if (details != null) {
            return details;
        }
        TaskTarget one = new TaskTarget(identifier);
        one.setAction(action);
        return List.of(one);
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

    private static final class Execution extends GeneralNonBlockingStepExecution {
        private static final long serialVersionUID = 1;

        private final TaskWish wish;
        private final boolean file;
        private final boolean dryRun;
        private final String variable;
        private @CheckForNull HeldState held;
        private @CheckForNull InBlock inBlock;
        private @CheckForNull BodyExecution body;
        /** The newest last. */
        private final List<String> folders = new ArrayList<>();

        private boolean over;
        private transient volatile boolean stopped;

        Execution(WithTaskTokenStep step, StepContext context) throws AbortException {
            super(context);
            this.wish = step.wish();
            this.file = step.file;
            this.dryRun = step.dryRun;
            this.variable = first(step.variable, null, step.file ? TOKEN_FILE : TOKEN);
        }

        @Override
        public boolean start() throws Exception {
            if (file && getContext().get(FilePath.class) == null) {
                throw new AbortException("withTaskToken with file: true needs an agent: put it into node { }");
            }
            run(this::doStart);
            return false;
        }

        private void doStart() throws Exception {
            Optional<TaskToken> token = ask();
            if (stopped) {
                end("cancel", ClosedBy.CANCELLED);
            } else if (token.isPresent()) {
                startOrClose(token.get());
            } else {
                getContext().onSuccess(null);
            }
        }

        /** An agent that is lost right now gets no file: nobody will use the token then. */
        private void startOrClose(TaskToken token) throws Exception {
            try {
                startBlock(token);
            } catch (IOException | InterruptedException | RuntimeException e) {
                end("step end", ClosedBy.STEP);
                throw e;
            }
        }

        /** Empty in a dry run. Whatever else is no grant becomes one sentence that fails the step. */
        private Optional<TaskToken> ask() throws Exception {
            Run<?, ?> run = getContext().get(Run.class);
            TaskListener log = getContext().get(TaskListener.class);
            TaskTokensAction page = TaskTokensAction.of(run);
            IssuerClient client;
            TaskRequest request;
            try {
                client = IssuerClients.at(wish.issuer());
                request = wish.request();
            } catch (IllegalArgumentException e) {
                throw new AbortException("withTaskToken: " + e.getMessage());
            }
            IdToken idToken = BuildIdentity.of(
                            run, wish.credentialsId(), client.issuer().toString())
                    .forTask(request.txn());
            MintAnswer answer = dryRun ? client.dryRun(idToken, request) : mint(client, idToken, request);
            if (answer instanceof MintAnswer.Refused no) {
                log.getLogger().println(RefusalText.of(client.issuer(), request, idToken, no));
                throw new AbortException(Refusals.sentence(wish.task(), no.refusal()));
            }
            if (answer instanceof MintAnswer.Unavailable none) {
                throw new AbortException(StepText.unavailable(client.issuer(), none.outage(), false));
            }
            if (answer instanceof MintAnswer.Granted granted) {
                take(page, log, granted);
                return Optional.of(granted.token().token());
            }
            log.getLogger().println(StepText.wouldGrant());
            return Optional.empty();
        }

        private void take(TaskTokensAction page, TaskListener log, MintAnswer.Granted granted) {
            Instant now = Instant.now();
            held = new HeldState(granted.token(), now);
            LiveTokens.get().keep(new LiveToken(wish.issuer(), held, log));
            log.getLogger().println(StepText.granted(granted.token()));
            if (!page.add(new TaskTokenRecord(wish, granted.token(), now))) {
                stopped = true;
            }
        }

        /** An abort in mid-request may leave a token that nobody knows: the same request again names it, so that it can be closed. */
        private MintAnswer mint(IssuerClient client, IdToken idToken, TaskRequest request) {
            MintAnswer answer = client.mint(idToken, request);
            if (!stopped || answer instanceof MintAnswer.Granted) {
                return answer;
            }
            Thread.interrupted();
            return client.mint(idToken, request);
        }

        private void startBlock(TaskToken token) throws Exception {
            StepContext context = getContext();
            Run<?, ?> run = context.get(Run.class);
            if (file) {
                folders.add(TokenFiles.write(context.get(FilePath.class), token));
            }
            inBlock = new InBlock(
                    token, variables(token), held.handle(), run.getCharset().name());
            context.get(TaskListener.class)
                    .getLogger()
                    .println("taskbound: masking the token in this block; " + (file ? "its file is in " : "it is in ")
                            + variable);
            body = context.newBodyInvoker()
                    .withContext(EnvironmentExpander.merge(context.get(EnvironmentExpander.class), inBlock.variables))
                    .withContext(
                            BodyInvoker.mergeConsoleLogFilters(context.get(ConsoleLogFilter.class), inBlock.filter))
                    .withContext(FailureHandler.merge(context.get(FailureHandler.class), inBlock.failures))
                    .withCallback(new Ending())
                    .start();
        }

        private Map<String, String> variables(TaskToken token) {
            return file
                    ? Map.of(variable, inFolder(TokenFiles.TOKEN), HEADER_FILE, inFolder(TokenFiles.HEADER))
                    : Map.of(variable, token.reveal());
        }

        private String inFolder(String name) {
            String folder = folders.get(folders.size() - 1);
            return folder + (folder.contains("\\") ? "\\" : "/") + name;
        }

        @Override
        public void stop(Throwable cause) throws Exception {
            stopped = true;
            super.stop(cause);
        }

        /** The heartbeat stood still while the controller was down: is the token alive, and if not, can there be a fresh one? */
        @Override
        public void onResume() {
            super.onResume();
            if (held != null && body != null && !over) {
                run(this::resume);
            }
        }

        private void resume() throws Exception {
            TaskListener log = getContext().get(TaskListener.class);
            LiveToken live = new LiveToken(wish.issuer(), held, log);
            LiveTokens.get().keep(live);
            boolean expired = !Instant.now().isBefore(held.expiresAt());
            if (!expired && live.lease().map(live::beat).orElse(true)) {
                log.getLogger().println("taskbound: goes on after the restart of Jenkins: " + held.handle());
            } else {
                finish(live, "restart", ClosedBy.STEP);
                renewOrCancel(log);
            }
        }

        private void renewOrCancel(TaskListener log) throws Exception {
            try {
                TaskToken fresh = ask().orElseThrow();
                if (file) {
                    // Never into the old files: a command that still runs would print it past the mask that it began
                    // with.
                    folders.add(TokenFiles.write(getContext().get(FilePath.class), fresh));
                }
                inBlock.become(fresh, variables(fresh), held.handle());
                getContext().saveState();
                log.getLogger()
                        .println("taskbound: the token died while Jenkins was down. What starts from here on in this"
                                + " block gets a fresh one; what was running still has the dead one");
            } catch (AbortException e) {
                body.cancel(new AbortException(
                        "The token died while Jenkins was down, and there is no fresh one: " + e.getMessage()));
            }
        }

        /** Never fails the block: what could not be done is said in the log, and expiry is the backstop. */
        private void end(String words, ClosedBy by) {
            over = true;
            if (held == null) {
                return;
            }
            try {
                LiveToken live = LiveTokens.get()
                        .find(held.handle())
                        .orElse(new LiveToken(wish.issuer(), held, getContext().get(TaskListener.class)));
                finish(live, words, by);
            } catch (IOException | InterruptedException | RuntimeException e) {
                LOGGER.log(Level.WARNING, e, () -> "the end of " + held.handle());
            }
        }

        private void finish(LiveToken live, String words, ClosedBy by) throws IOException, InterruptedException {
            CloseOutcome outcome = live.end();
            Duration lived = live.lived(Instant.now());
            Run<?, ?> run = getContext().get(Run.class);
            getContext().get(TaskListener.class).getLogger().println(StepText.ended(outcome, by, Optional.of(lived)));
            TaskTokensAction.ended(run, outcome, words, lived);
        }

        private void deleteFiles(StepContext context) {
            for (String folder : folders) {
                try {
                    onAgent(context, folder).deleteRecursive();
                } catch (IOException | InterruptedException | RuntimeException e) {
                    LOGGER.log(Level.FINE, e, () -> "could not delete " + folder);
                    say(
                            context,
                            "taskbound: could not delete the file of the token in " + folder
                                    + "; the token in it is closed");
                }
            }
        }

        private static FilePath onAgent(StepContext context, String path) throws IOException, InterruptedException {
            FilePath workspace = context.get(FilePath.class);
            if (workspace == null) {
                throw new IOException("the agent is gone");
            }
            return new FilePath(workspace.getChannel(), path);
        }

        private static void say(StepContext context, String line) {
            try {
                context.get(TaskListener.class).getLogger().println(line);
            } catch (IOException | InterruptedException e) {
                LOGGER.log(Level.FINE, line, e);
            }
        }

        /** As the step API's own tail call, but it knows an abort from a failure. */
        private final class Ending extends BodyExecutionCallback {
            private static final long serialVersionUID = 1;

            @Override
            public void onSuccess(StepContext context, Object result) {
                run(() -> {
                    closeAll(context, "step end", ClosedBy.STEP);
                    context.onSuccess(result);
                });
            }

            @Override
            public void onFailure(StepContext context, Throwable failure) {
                boolean aborted = failure instanceof FlowInterruptedException it && it.isActualInterruption();
                run(() -> {
                    closeAll(context, aborted ? "cancel" : "step end", aborted ? ClosedBy.CANCELLED : ClosedBy.STEP);
                    context.onFailure(failure);
                });
            }

            private void closeAll(StepContext context, String words, ClosedBy by) {
                end(words, by);
                deleteFiles(context);
            }
        }
    }

    /** What the block sees of its token. One object of the build's program, so that a fresh token reaches the block after a restart. */
    private static final class InBlock implements Serializable {
        private static final long serialVersionUID = 1;

        private final Variables variables;
        private final Filter filter;
        private final Failures failures;

        InBlock(TaskToken token, Map<String, String> values, String handle, String charset) {
            Secret pattern = pattern(token);
            this.variables = new Variables(values, handle);
            this.filter = new Filter(pattern, charset);
            this.failures = new Failures(pattern);
        }

        void become(TaskToken token, Map<String, String> values, String handle) {
            // The dead one stays masked: what began before still prints it.
            Secret pattern = Secret.fromString(pattern(token).getPlainText() + "|" + filter.pattern.getPlainText());
            variables.set(values, handle);
            filter.pattern = pattern;
            failures.pattern = pattern;
        }

        /** The whole token first, in every form that shells and Jenkins' plugins know; then its parts. */
        private static Secret pattern(TaskToken token) {
            Stream<String> parts = TokenMasks.of(token).stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .map(Pattern::quote);
            String whole = SecretPatterns.getAggregateSecretPattern(List.of(token.reveal()))
                    .pattern();
            return Secret.fromString(Stream.concat(Stream.of(whole), parts).collect(Collectors.joining("|")));
        }
    }

    private static final class Variables extends EnvironmentExpander {
        private static final long serialVersionUID = 1;

        private volatile Map<String, Secret> values;
        private volatile String handle;

        Variables(Map<String, String> values, String handle) {
            set(values, handle);
        }

        void set(Map<String, String> plain, String named) {
            values = plain.entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> Secret.fromString(entry.getValue())));
            handle = named;
        }

        @Override
        public void expand(@NonNull EnvVars env) {
            values.forEach((name, value) -> env.override(name, value.getPlainText()));
            env.override(HANDLE, handle);
        }

        @NonNull
        @Override
        public Set<String> getSensitiveVariables() {
            return Set.copyOf(values.keySet());
        }
    }

    /** Goes to agents, which watch durable tasks by themselves: it holds the pattern ready made. */
    private static final class Filter extends ConsoleLogFilter implements Serializable {
        private static final long serialVersionUID = 1;

        private volatile Secret pattern;
        private final String charset;

        Filter(Secret pattern, String charset) {
            this.pattern = pattern;
            this.charset = charset;
        }

        @Override
        public OutputStream decorateLogger(@CheckForNull Run build, OutputStream log) {
            String regex = pattern.getPlainText();
            return new SecretPatterns.MaskingOutputStream(log, () -> Pattern.compile(regex), charset);
        }
    }

    private static final class Failures implements FailureHandler {
        private static final long serialVersionUID = 1;

        private volatile Secret pattern;

        Failures(Secret pattern) {
            this.pattern = pattern;
        }

        @NonNull
        @Override
        public Throwable handle(@NonNull StepContext context, @NonNull Throwable failure) {
            return MaskedFailure.of(failure, Pattern.compile(pattern.getPlainText()));
        }
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        private static final Pattern TASK = Pattern.compile("[a-z0-9-]{1,32}");

        @Override
        public String getFunctionName() {
            return "withTaskToken";
        }

        @NonNull
        @Override
        public String getDisplayName() {
            return "Hold a token for one task";
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
        public String argumentsToString(@NonNull Map<String, Object> named) {
            return named.get("task") instanceof String task ? task : null;
        }

        @RequirePOST
        public FormValidation doCheckTask(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item)
                            && !value.isEmpty()
                            && !TASK.matcher(value).matches()
                    ? FormValidation.error("A task is named in the policy: small letters, digits and -, at most 32")
                    : FormValidation.ok();
        }

        @RequirePOST
        public FormValidation doCheckIssuer(@AncestorInPath Item item, @QueryParameter String value) {
            return mayConfigure(item) ? TaskboundConfiguration.checkedIssuer(value) : FormValidation.ok();
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
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            StandardListBoxModel box = new StandardListBoxModel();
            if (item == null ? !Jenkins.get().hasPermission(Jenkins.ADMINISTER) : !mayUseCredentials(item)) {
                return box.includeCurrentValue(credentialsId);
            }
            return box.includeEmptyValue()
                    .includeAs(ACL.SYSTEM2, item, IdTokenStringCredentials.class)
                    .includeCurrentValue(credentialsId);
        }

        private static boolean mayConfigure(@CheckForNull Item item) {
            return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        }

        private static boolean mayUseCredentials(Item item) {
            return item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
        }
    }
}

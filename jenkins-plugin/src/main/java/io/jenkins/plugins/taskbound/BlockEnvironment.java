// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.util.Secret;
import java.io.OutputStream;
import java.io.Serializable;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What the block sees of its token or credential. One object of the build's program, so that a new token reaches the
 * block after a restart.
 */
final class BlockEnvironment implements Serializable {
    private static final long serialVersionUID = 1;

    final Variables variables;
    final Filter filter;
    final Failures failures;

    BlockEnvironment(BlockSecrets given, String handle, String charset) {
        Secret pattern = given.pattern();
        this.variables = new Variables(given, handle);
        this.filter = new Filter(pattern, charset);
        this.failures = new Failures(pattern);
    }

    void become(BlockSecrets given, String handle) {
        // The dead one stays masked: what began before still prints it.
        Secret pattern = Secret.fromString(given.pattern().getPlainText() + "|" + filter.pattern.getPlainText());
        filter.pattern = pattern;
        failures.pattern = pattern;
        variables.set(given, handle);
    }

    /** After a restart it gives nothing away before it is known whether the token is alive. */
    static final class Variables extends EnvironmentExpander {
        private static final long serialVersionUID = 1;
        /**
         * How long the program of the build waits. Jenkins resumes the steps of a block after the block, so that only a
         * step that ends without being resumed comes here early, such as an input that somebody answers at once.
         */
        private static final Duration MAX_WAIT = Duration.ofSeconds(20);

        private Map<String, Secret> values;
        private HashSet<String> sensitive;
        private String handle;
        /** False again in what a restart reads. */
        private transient boolean settled;

        private transient @CheckForNull String refusal;

        Variables(BlockSecrets given, String handle) {
            set(given, handle);
        }

        synchronized void set(BlockSecrets given, String named) {
            values = given.values().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> Secret.fromString(entry.getValue())));
            sensitive = new HashSet<>(given.sensitive());
            handle = named;
            settle();
        }

        /** The token is known to be alive. */
        synchronized void settle() {
            settled = true;
            notifyAll();
        }

        /** Fails, from now on, whatever asks for the token. */
        synchronized void refuse(String sentence) {
            refusal = sentence;
            notifyAll();
        }

        @Override
        public synchronized void expand(@NonNull EnvVars env) throws AbortException, InterruptedException {
            awaitSettled();
            // Not by override, which forgets an empty value: that one has to reach the agent, to take its own away.
            values.forEach((name, value) -> env.put(name, value.getPlainText()));
            env.override(VariableName.HANDLE, handle);
        }

        private void awaitSettled() throws AbortException, InterruptedException {
            long late = System.nanoTime() + MAX_WAIT.toNanos();
            while (!settled && refusal == null && System.nanoTime() < late) {
                wait(100);
            }
            if (refusal != null) {
                throw new AbortException(refusal);
            }
            if (!settled) {
                throw new AbortException("Jenkins was restarted, and the issuer has not said yet whether the token of"
                        + " this block is alive. Run the build again");
            }
        }

        @NonNull
        @Override
        public synchronized Set<String> getSensitiveVariables() {
            return Set.copyOf(sensitive);
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
}

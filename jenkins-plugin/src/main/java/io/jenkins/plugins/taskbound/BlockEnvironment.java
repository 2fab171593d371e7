// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.EnvVars;
import hudson.console.ConsoleLogFilter;
import hudson.model.Run;
import hudson.util.Secret;
import io.taskbound.client.TaskToken;
import io.taskbound.client.step.TokenMasks;
import java.io.OutputStream;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FailureHandler;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * What the block sees of its token. One object of the build's program, so that a new token reaches the block after a
 * restart.
 */
final class BlockEnvironment implements Serializable {
    private static final long serialVersionUID = 1;

    final Variables variables;
    final Filter filter;
    final Failures failures;

    BlockEnvironment(TaskToken token, Map<String, String> values, String handle, String charset) {
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
            env.override(VariableName.HANDLE, handle);
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
}

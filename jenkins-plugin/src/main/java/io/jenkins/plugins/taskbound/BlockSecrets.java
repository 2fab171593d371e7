// SPDX-License-Identifier: Apache-2.0
package io.jenkins.plugins.taskbound;

import hudson.util.Secret;
import io.taskbound.client.TaskToken;
import io.taskbound.client.credential.Credential;
import io.taskbound.client.credential.StepVariables;
import io.taskbound.client.step.TokenMasks;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jenkinsci.plugins.credentialsbinding.masking.SecretPatterns;

/**
 * What a block gets in its environment, which of that must not be seen, and how it is recognised in a log: its token,
 * or the credential that was delivered for the token. Never shown.
 */
final class BlockSecrets {
    private final Map<String, String> values;
    private final Set<String> sensitive;
    private final List<String> secrets;
    private final Set<String> masks;

    private BlockSecrets(Map<String, String> values, Set<String> sensitive, List<String> secrets, Set<String> masks) {
        this.values = Map.copyOf(values);
        this.sensitive = Set.copyOf(sensitive);
        this.secrets = List.copyOf(secrets);
        this.masks = masks;
    }

    /** @param variables in which the block finds the token, or its files */
    static BlockSecrets of(TaskToken token, Map<String, String> variables) {
        return new BlockSecrets(variables, variables.keySet(), List.of(token.reveal()), TokenMasks.of(token));
    }

    /**
     * The token is masked too, though the block does not get it.
     *
     * @param own the environment of the step
     */
    static BlockSecrets of(TaskToken token, Credential credential, Map<String, String> own) {
        StepVariables variables = StepVariables.withoutEmptyOnes(credential, own);
        Map<String, String> values = new HashMap<>(variables.added());
        // Empty: not there, also where the agent's own environment has it.
        Stream.of(VariableName.TOKEN, VariableName.TOKEN_FILE, VariableName.HEADER_FILE)
                .forEach(name -> values.put(name, ""));
        variables.taken().forEach(name -> values.put(name, ""));
        Set<String> masks = new LinkedHashSet<>(TokenMasks.of(token));
        masks.addAll(TokenMasks.of(credential));
        List<String> secrets = new ArrayList<>(credential.secrets());
        secrets.add(token.reveal());
        return new BlockSecrets(values, namesOf(credential, values), secrets, masks);
    }

    private static Set<String> namesOf(Credential credential, Map<String, String> values) {
        return values.entrySet().stream()
                .filter(entry -> credential.secrets().contains(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** By name; an empty value stands for a variable that must not be there. */
    Map<String, String> values() {
        return values;
    }

    /** The names of those that must not be seen. */
    Set<String> sensitive() {
        return sensitive;
    }

    /** Each whole text first, in every form that shells and Jenkins' plugins know; then their parts. */
    Secret pattern() {
        Stream<String> parts = masks.stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .map(Pattern::quote);
        String whole = SecretPatterns.getAggregateSecretPattern(secrets).pattern();
        return Secret.fromString(Stream.concat(Stream.of(whole), parts).collect(Collectors.joining("|")));
    }
}

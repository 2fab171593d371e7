// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client.credential;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a credential changes in the environment of a step's command: variables that give it to the usual programs, and
 * no variables of another credential that these programs would take before it. Holds secrets, so it is never shown.
 */
public final class StepVariables {
    private final Map<String, String> added;
    private final Set<String> taken;

    StepVariables(Map<String, String> added, Set<String> taken) {
        this.added = Map.copyOf(added);
        this.taken = Set.copyOf(taken);
    }

    /**
     * For a credential whose texts go into the environment.
     *
     * @param own the environment that is changed: git's own settings in it are kept, and an AWS region
     */
    public static StepVariables of(Credential credential, Map<String, String> own) {
        return credential.match(
                github -> GithubVariables.of(github, own), aws -> AwsVariables.of(aws, own), OpenbaoVariables::of);
    }

    /**
     * The same for a host that cannot set a variable to nothing: there an empty value means that the variable is not
     * there.
     */
    public static StepVariables withoutEmptyOnes(Credential credential, Map<String, String> own) {
        return credential instanceof GithubCredential github
                ? GithubVariables.inOneVariable(github, own)
                : of(credential, own);
    }

    /**
     * For AWS credentials that a loopback endpoint serves; none of their texts goes into the environment.
     *
     * @param endpoint where they are served
     * @param own the environment that is changed
     */
    public static StepVariables served(AwsCredential credential, AwsEndpoint endpoint, Map<String, String> own) {
        return AwsVariables.served(credential, endpoint, own);
    }

    /** The variables that are set, by name. */
    public Map<String, String> added() {
        return added;
    }

    /** The names of variables that must not be there, in upper case; those of {@link #added} are not among them. */
    public Set<String> taken() {
        return taken;
    }

    /** The environment with these changes; names are compared as Windows does. */
    public Map<String, String> applied(Map<String, String> own) {
        var whole = new LinkedHashMap<>(own);
        whole.keySet()
                .removeIf(name -> taken.contains(name.toUpperCase(Locale.ROOT))
                        || added.containsKey(name.toUpperCase(Locale.ROOT)));
        whole.putAll(added);
        return whole;
    }

    /** Its value under whatever case Windows keeps the name. */
    static Optional<String> valueIn(Map<String, String> own, String name) {
        return own.entrySet().stream()
                .filter(one -> one.getKey().toUpperCase(Locale.ROOT).equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** Those of the names that are not set anyway. */
    static StepVariables with(Map<String, String> added, Set<String> names) {
        return new StepVariables(
                added, names.stream().filter(name -> !added.containsKey(name)).collect(Collectors.toUnmodifiableSet()));
    }

    @Override
    public String toString() {
        return "StepVariables[secret]";
    }
}

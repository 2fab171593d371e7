// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.client.IdToken;
import io.taskbound.client.TaskToken;
import io.taskbound.client.credential.StepVariables;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the wrapped command finds in its environment: our own, plus the token or the credential that was delivered for
 * it, minus the means to get another one: what asks for an ID token, the ID tokens that CI systems put there, and any
 * other that the issuer would take. Holds the token, so it never shows.
 */
final class ChildEnvironment {
    /** {@code contract/environment.json} says which CI system sets which. */
    private static final Set<String> OF_CI_SYSTEMS = Set.of(
            "ACTIONS_ID_TOKEN_REQUEST_URL",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN",
            "BITBUCKET_STEP_OIDC_TOKEN",
            "BITRISE_IDENTITY_TOKEN",
            "CIRCLE_OIDC_TOKEN",
            "CIRCLE_OIDC_TOKEN_V2",
            "CI_JOB_JWT",
            "CI_JOB_JWT_V1",
            "CI_JOB_JWT_V2",
            "SEMAPHORE_OIDC_TOKEN",
            "SPACELIFT_OIDC_TOKEN",
            "SYSTEM_OIDCREQUESTURI",
            "TASKBOUND_ID_TOKEN",
            "TFC_WORKLOAD_IDENTITY_TOKEN",
            "VERCEL_OIDC_TOKEN");

    private static final Pattern JWT = Pattern.compile("\\s*[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+){2}\\s*");

    private final Map<String, String> added;
    private final Set<String> taken;
    private final Predicate<String> isIdToken;

    private ChildEnvironment(Map<String, String> added, Set<String> taken, Predicate<String> isIdToken) {
        this.added = Map.copyOf(added);
        this.taken = Set.copyOf(taken);
        this.isIdToken = isIdToken;
    }

    /** With nothing to get another token. */
    static ChildEnvironment without(Added added, Optional<String> idTokenVariable, Set<String> audiences) {
        var taken = new HashSet<>(OF_CI_SYSTEMS);
        idTokenVariable.ifPresent(name -> taken.add(name.toUpperCase(Locale.ROOT)));
        return new ChildEnvironment(added.variables, with(added, taken), text -> isFor(audiences, text));
    }

    /** With whatever else was there. */
    static ChildEnvironment passingIdTokens(Added added) {
        return new ChildEnvironment(added.variables, with(added, Set.of()), text -> false);
    }

    /** Names as Windows compares them; and what an outer wrapper set must not be left beside ours in another case. */
    private static Set<String> with(Added added, Set<String> names) {
        var all = new HashSet<>(names);
        all.addAll(added.taken);
        return all;
    }

    /**
     * What the command gets on top, and whose place that takes: the token, or what was delivered for it. Holds secrets,
     * so it never shows.
     */
    static final class Added {
        private static final Set<String> OF_TOKEN =
                Set.of("TASKBOUND_TOKEN", "TASKBOUND_TOKEN_FILE", "TASKBOUND_HEADER_FILE", "TASKBOUND_URL");

        private final Map<String, String> variables;
        private final Set<String> taken;

        private Added(Map<String, String> variables, Set<String> taken) {
            this.variables = Map.copyOf(variables);
            this.taken = Set.copyOf(taken);
        }

        static Added token(TaskToken token, String handle, Path tokenFile, Path headerFile) {
            var variables = Map.of(
                    "TASKBOUND_TOKEN", token.reveal(),
                    "TASKBOUND_TOKEN_FILE", tokenFile.toString(),
                    "TASKBOUND_HEADER_FILE", headerFile.toString(),
                    "TASKBOUND_HANDLE", handle);
            var taken = new HashSet<>(OF_TOKEN);
            taken.addAll(variables.keySet());
            return new Added(variables, taken);
        }

        /** The token stays with us: nothing that the command talks to takes it. */
        static Added credential(StepVariables credential, String handle) {
            var variables = new HashMap<>(credential.added());
            variables.put("TASKBOUND_HANDLE", handle);
            var taken = new HashSet<>(credential.taken());
            taken.addAll(OF_TOKEN);
            taken.addAll(variables.keySet());
            return new Added(variables, taken);
        }

        /** The token stays with us, and requests to this address must come to us directly. */
        static Added address(URI url, String handle, Map<String, String> own) {
            var variables = new HashMap<String, String>();
            variables.put("TASKBOUND_URL", url.toString());
            variables.put("TASKBOUND_HANDLE", handle);
            variables.putAll(LoopbackExemption.of(own));
            var taken = new HashSet<>(OF_TOKEN);
            variables.keySet().forEach(name -> taken.add(name.toUpperCase(Locale.ROOT)));
            return new Added(variables, taken);
        }

        @Override
        public String toString() {
            return "Added[secret]";
        }
    }

    /** Whether a text is a JWT for one of these, and so could be exchanged by the command. */
    private static boolean isFor(Set<String> audiences, String text) {
        if (!JWT.matcher(text).matches()) {
            return false;
        }
        try {
            return IdToken.of(text).unverifiedAudiences().stream()
                    .map(name -> withoutSlash(name.replaceFirst("#.*", "")))
                    .anyMatch(audiences::contains);
        } catch (IllegalArgumentException tooLong) {
            return false;
        }
    }

    private static String withoutSlash(String url) {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    /** The whole environment of the command. */
    Map<String, String> from(Map<String, String> own) {
        var whole = new LinkedHashMap<>(own);
        whole.entrySet()
                .removeIf(
                        one -> taken.contains(one.getKey().toUpperCase(Locale.ROOT)) || isIdToken.test(one.getValue()));
        whole.putAll(added);
        return whole;
    }

    @Override
    public String toString() {
        return "ChildEnvironment[secret]";
    }
}

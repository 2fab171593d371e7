// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.client.TaskToken;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the wrapped command finds in its environment: our own, plus the token, minus the means to get another ID token
 * unless told to pass them. Holds the token, so it never shows.
 */
final class ChildEnvironment {
    private static final Set<String> MEANS_TO_ASK =
            Set.of("ACTIONS_ID_TOKEN_REQUEST_URL", "ACTIONS_ID_TOKEN_REQUEST_TOKEN");

    private final Map<String, String> added;
    private final Set<String> taken;

    private ChildEnvironment(Map<String, String> added, Set<String> taken) {
        this.added = Map.copyOf(added);
        this.taken = Set.copyOf(taken);
    }

    /** @param idTokenVariable the variable that the ID token was read from */
    static ChildEnvironment of(
            TaskToken token,
            String handle,
            Path tokenFile,
            Path headerFile,
            Optional<String> idTokenVariable,
            boolean passIdToken) {
        var added = Map.of(
                "TASKBOUND_TOKEN", token.reveal(),
                "TASKBOUND_TOKEN_FILE", tokenFile.toString(),
                "TASKBOUND_HEADER_FILE", headerFile.toString(),
                "TASKBOUND_HANDLE", handle);
        // Names as Windows compares them; and what an outer wrapper set must not be left beside ours in another case.
        var taken = new HashSet<>(added.keySet());
        if (!passIdToken) {
            taken.addAll(MEANS_TO_ASK);
            idTokenVariable.ifPresent(name -> taken.add(name.toUpperCase(Locale.ROOT)));
        }
        return new ChildEnvironment(added, taken);
    }

    /** The whole environment of the command. */
    Map<String, String> from(Map<String, String> own) {
        var whole = new LinkedHashMap<>(own);
        whole.keySet().removeIf(name -> taken.contains(name.toUpperCase(Locale.ROOT)));
        whole.putAll(added);
        return whole;
    }

    /**
     * Makes a process builder's environment hold just this. Values that are there already stay as they are: Java could
     * not write them back byte by byte.
     */
    static void replace(Map<String, String> builders, Map<String, String> wanted) {
        builders.keySet().retainAll(wanted.keySet());
        wanted.forEach((name, value) -> {
            if (!value.equals(builders.get(name))) {
                builders.put(name, value);
            }
        });
    }

    @Override
    public String toString() {
        return "ChildEnvironment[secret]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Which immutable ids the events of a kind of CI system carry, and so which a hook of it can be bound to.
 *
 * @param owner the field for the id of the owner; empty where events do not name one
 * @param ownerNeeded whether a hook must be bound to it
 * @param projects the field for the ids of repositories, projects or pipelines
 * @param form what an id looks like
 * @param example an id, as people would write it
 */
record HookIds(Optional<String> owner, boolean ownerNeeded, String projects, Pattern form, String example) {
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,18}");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final String SOME_UUID = "8f2c6b1e-6f6e-4b0c-9b3a-6f1d0a4f2b03";

    /** By the name of the profile; the others tell nobody that a run has ended. */
    private static final Map<String, HookIds> KNOWN = new TreeMap<>(Map.of(
            "github", new HookIds(Optional.of("owner_id"), true, "repository_ids", NUMBER, "1001"),
            "gitlab", new HookIds(Optional.empty(), false, "project_ids", NUMBER, "2002"),
            "buildkite", new HookIds(Optional.empty(), false, "pipeline_ids", UUID, SOME_UUID),
            "circleci", new HookIds(Optional.of("organization_id"), false, "project_ids", UUID, SOME_UUID)));

    static Optional<HookIds> of(String profile) {
        return Optional.ofNullable(KNOWN.get(profile));
    }

    static String profiles() {
        return String.join(", ", KNOWN.keySet());
    }

    boolean has(String field) {
        return field.equals(projects) || owner.filter(field::equals).isPresent();
    }

    boolean isId(String text) {
        return form.matcher(text).matches();
    }

    /** How to bind a hook that is not bound. */
    String remedy() {
        return owner.filter(field -> ownerNeeded)
                .map(field -> "write " + field + ": \"" + example + "\"")
                .orElse("write " + projects + ": [\"" + example + "\"]");
    }
}

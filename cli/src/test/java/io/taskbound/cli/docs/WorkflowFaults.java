// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What a reviewer would send a workflow back for. Reads the text too, since YAML forgets comments. */
final class WorkflowFaults {
    private static final Pattern USES = Pattern.compile("(?m)^[ -]*[\"']?uses[\"']?:\\s*(.*)$");
    private static final Pattern LOCAL = Pattern.compile("\\./\\S+");
    private static final Pattern PINNED = Pattern.compile("[\\w.-]+/[\\w./-]+@(?!0{40})[0-9a-f]{40} # v\\d+(\\.\\d+)*");

    /** Our own action, of which no commit is released yet: the reader has to put one in, and is told so. */
    private static final Pattern OURS =
            Pattern.compile("taskbound/taskbound-action(/close|/approve)?@0{40} # put the released commit here");

    private final List<String> faults = new ArrayList<>();

    private WorkflowFaults() {}

    /** Of a whole workflow. */
    static List<String> of(String yaml) {
        var found = new WorkflowFaults();
        found.unpinned(yaml);
        found.workflow(yaml);
        return found.faults;
    }

    /** Of a piece of one, as documents show them. */
    static List<String> ofPiece(String yaml) {
        var found = new WorkflowFaults();
        found.unpinned(yaml);
        found.anywhere(parsed(yaml));
        return found.faults;
    }

    private static Object parsed(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private void unpinned(String yaml) {
        USES.matcher(yaml)
                .results()
                .map(uses -> uses.group(1).strip())
                .filter(uses -> !LOCAL.matcher(uses).matches())
                .filter(uses -> !PINNED.matcher(uses).matches())
                .filter(uses -> !OURS.matcher(uses).matches())
                .forEach(uses -> faults.add("not pinned by a commit with its version beside it: " + uses));
    }

    private void workflow(String yaml) {
        var workflow = map(parsed(yaml));
        if (!Map.of().equals(workflow.get("permissions"))) {
            faults.add("top-level permissions are not {}");
        }
        map(workflow.get("jobs")).forEach((name, job) -> job(name, map(job)));
        anywhere(workflow);
    }

    private void job(Object name, Map<?, ?> job) {
        if (!(job.get("permissions") instanceof Map)) {
            faults.add("job " + name + " names no permissions of its own");
        }
        // A job that is a reusable workflow cannot have one.
        if (!job.containsKey("timeout-minutes") && !job.containsKey("uses")) {
            faults.add("job " + name + " has no timeout-minutes");
        }
    }

    /** Scripts, and the steps that leave a credential behind, at any depth. */
    private void anywhere(Object node) {
        if (node instanceof List<?> list) {
            list.forEach(this::anywhere);
        } else if (node instanceof Map<?, ?> map) {
            step(map);
            map.values().forEach(this::anywhere);
        }
    }

    private void step(Map<?, ?> step) {
        if (step.get("run") instanceof String script && script.contains("${{")) {
            faults.add("an expression inside a script: " + script.strip());
        }
        if (String.valueOf(step.get("uses")).startsWith("actions/checkout@")
                && !Boolean.FALSE.equals(map(step.get("with")).get("persist-credentials"))) {
            faults.add("a checkout that keeps its credentials");
        }
    }

    private static Map<?, ?> map(Object node) {
        return node instanceof Map<?, ?> map ? map : Map.of();
    }
}

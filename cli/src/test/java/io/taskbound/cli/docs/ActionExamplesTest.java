// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Each step of ours in a document or an example workflow is one that the action would take. */
class ActionExamplesTest {
    private static final Path ROOT =
            Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Pattern BLOCK = Pattern.compile("(?s)```ya?ml\\n(.*?)```");
    private static final String ACTION = "taskbound/taskbound-action@";
    private static final List<String> OTHERS = List.of("close", "approve");

    private static final String GOOD = """
            - uses: taskbound/taskbound-action@0000
              with:
                task: deploy
                identifier: env:production
                run: ./deploy.sh
            """;

    @Test
    void everyStepOfOursIsOneThatTheActionTakes() throws IOException {
        var steps = new ArrayList<Map<?, ?>>();
        for (var text : texts()) {
            collect(parsed(text), steps);
        }
        assertThat(steps).isNotEmpty();
        assertThat(steps.stream().flatMap(step -> faults(step).stream())).isEmpty();
    }

    private static List<String> texts() throws IOException {
        var texts = new ArrayList<String>();
        for (var folder : List.of("", "docs", "github-action", "docs/examples/github")) {
            for (var file : files(ROOT.resolve(folder))) {
                var text = Files.readString(file);
                if (file.toString().endsWith(".md")) {
                    BLOCK.matcher(text).results().map(block -> block.group(1)).forEach(texts::add);
                } else if (folder.endsWith("github")) {
                    texts.add(text);
                }
            }
        }
        return texts.stream().filter(text -> text.contains("taskbound-action")).toList();
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(md|ya?ml)"))
                    .toList();
        }
    }

    private static Object parsed(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    private static void collect(Object node, List<Map<?, ?>> steps) {
        if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, steps));
        } else if (node instanceof Map<?, ?> map) {
            if (String.valueOf(map.get("uses")).startsWith("taskbound/")) {
                steps.add(map);
            }
            map.values().forEach(value -> collect(value, steps));
        }
    }

    private static List<String> faults(Map<?, ?> step) {
        var uses = String.valueOf(step.get("uses"));
        var with = map(step.get("with"));
        for (var other : OTHERS) {
            if (uses.startsWith("taskbound/taskbound-action/" + other + "@")) {
                return faults(with, "github-action/" + other + "/action.yml");
            }
        }
        return uses.startsWith(ACTION) ? ofMain(with) : List.of("no action of ours: " + uses);
    }

    private static List<String> ofMain(Map<?, ?> with) {
        var faults = new ArrayList<>(faults(with, "github-action/action.yml"));
        boolean laterSteps = Set.of("until-closed", "job").contains(String.valueOf(with.get("scope")));
        if (with.containsKey("run") == laterSteps) {
            faults.add("run, or a scope of later steps, and not both");
        }
        if (with.containsKey("identifier") == with.containsKey("details")) {
            faults.add("identifier, or details, and not both");
        }
        return faults;
    }

    private static List<String> faults(Map<?, ?> with, String action) {
        var inputs = map(map(parsed(text(action))).get("inputs"));
        var unknown = with.keySet().stream().filter(name -> !inputs.containsKey(name));
        var missing = inputs.entrySet().stream()
                .filter(input -> Boolean.TRUE.equals(map(input.getValue()).get("required")))
                .filter(input -> !with.containsKey(input.getKey()))
                .map(Map.Entry::getKey);
        return Stream.concat(unknown.map(name -> "no such input: " + name), missing.map(name -> "missing: " + name))
                .toList();
    }

    private static Map<?, ?> map(Object node) {
        return node instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String text(String file) {
        try {
            return Files.readString(ROOT.resolve(file));
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    @Test
    void aGoodStepHasNoFault() {
        assertThat(faultsOf(GOOD)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    task: deploy                | lifetime: 10m      | missing: task
                    task: deploy                | tasks: deploy      | no such input: tasks, missing: task
                    identifier: env:production  | lease: 60s         | identifier, or details, and not both
                    run: ./deploy.sh            | shell: bash        | run, or a scope of later steps, and not both
                    -action@                    | -action/close@     | no such input: task, no such input: identifier, no such input: run, missing: handle
                    -action@                    | -other@            | no action of ours: taskbound/taskbound-other@0000
                    """)
    void aFaultIsNamed(String good, String bad, String faults) {
        assertThat(GOOD).contains(good);
        assertThat(String.join(", ", faultsOf(GOOD.replace(good, bad)))).isEqualTo(faults);
    }

    private static List<String> faultsOf(String yaml) {
        var steps = new ArrayList<Map<?, ?>>();
        collect(parsed(yaml), steps);
        return steps.stream().flatMap(step -> faults(step).stream()).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * {@code docs/controls.yaml}, read with the frameworks that it speaks of.
 *
 * @param faults what is wrong with it, each beginning with the id of its control
 */
record Controls(List<Framework> frameworks, List<Control> controls, List<String> faults) {
    private static final Set<String> MEMBERS =
            Set.of("framework", "id", "claim", "tests", "vectors", "deployer", "not_claimed");

    private static final Pattern VECTORS = Pattern.compile("contract/[a-z0-9-]+\\.json");

    Controls {
        frameworks = List.copyOf(frameworks);
        controls = List.copyOf(controls);
        faults = List.copyOf(faults);
    }

    /** As this program was built with them. */
    static Controls built() {
        return read(resource("controls.yaml"));
    }

    static Controls read(String yaml) {
        var reading = new Reading(frameworks(resource("frameworks.yaml")));
        try {
            if (load(yaml) instanceof List<?> rows) {
                rows.forEach(reading::row);
            } else {
                reading.faults.add("controls.yaml is not a list");
            }
        } catch (YamlEngineException fault) {
            reading.faults.add("controls.yaml is not YAML: " + fault.getMessage());
        }
        return new Controls(reading.frameworks.values().stream().toList(), reading.controls, reading.faults);
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build()).loadFromString(yaml);
    }

    private static Map<String, Framework> frameworks(String yaml) {
        var frameworks = new LinkedHashMap<String, Framework>();
        ((Map<?, ?>) load(yaml)).forEach((key, value) -> {
            var members = (Map<?, ?>) value;
            var ids = new LinkedHashMap<String, String>();
            if (members.get("ids") instanceof Map<?, ?> titles) {
                titles.forEach((id, title) -> ids.put(String.valueOf(id), String.valueOf(title)));
            }
            frameworks.put(
                    String.valueOf(key),
                    new Framework(
                            String.valueOf(key),
                            String.valueOf(members.get("name")),
                            String.valueOf(members.get("edition")),
                            String.valueOf(members.get("source")),
                            ids));
        });
        return frameworks;
    }

    private static String resource(String name) {
        try (var stream = Controls.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " was not built in");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static final class Reading {
        private final Map<String, Framework> frameworks;
        private final List<Control> controls = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private final Set<String> seen = new HashSet<>();

        Reading(Map<String, Framework> frameworks) {
            this.frameworks = frameworks;
        }

        private void row(@Nullable Object row) {
            if (!(row instanceof Map<?, ?> members)) {
                faults.add("a row of controls.yaml is not a map");
                return;
            }
            var id = text(members, "id").orElse("a row without id");
            members.keySet().stream()
                    .filter(name -> !MEMBERS.contains(String.valueOf(name)))
                    .forEach(name -> faults.add(id + ": there is no member " + name));
            var framework = frameworks.get(text(members, "framework").orElse(""));
            if (framework == null) {
                faults.add(id + ": framework is one of " + frameworks.keySet());
                return;
            }
            if (!framework.ids().containsKey(id)) {
                faults.add(id + ": " + framework.name() + ", " + framework.edition() + ", has no such id");
                return;
            }
            if (!seen.add(framework.key() + " " + id)) {
                faults.add(id + ": is there twice");
            }
            var control = new Control(
                    framework,
                    id,
                    text(members, "claim"),
                    tests(id, members.get("tests")),
                    vectors(id, members.get("vectors")),
                    text(members, "deployer"),
                    text(members, "not_claimed"));
            judge(control);
            controls.add(control);
        }

        private void judge(Control control) {
            if (control.claim().isPresent() && control.tests().isEmpty()) {
                faults.add(control.id() + ": a claim without a test that could falsify it");
            }
            if (control.claim().isEmpty()
                    && !(control.tests().isEmpty() && control.vectors().isEmpty())) {
                faults.add(control.id() + ": tests without a claim");
            }
            if (control.claim().isEmpty() && control.notClaimed().isEmpty()) {
                faults.add(control.id() + ": neither a claim with tests nor not_claimed");
            }
            if (control.claim().isPresent() && control.deployer().isEmpty()) {
                faults.add(control.id() + ": deployer says what is left to do, for every claim");
            }
        }

        private List<TestName> tests(String id, @Nullable Object value) {
            var tests = new ArrayList<TestName>();
            for (var each : value instanceof List<?> list ? list : List.of()) {
                try {
                    tests.add(TestName.parse(String.valueOf(each)));
                } catch (IllegalArgumentException fault) {
                    faults.add(id + ": " + fault.getMessage());
                }
            }
            return tests;
        }

        private List<String> vectors(String id, @Nullable Object value) {
            var vectors = new ArrayList<String>();
            for (var each : value instanceof List<?> list ? list : List.of()) {
                var name = String.valueOf(each);
                if (VECTORS.matcher(name).matches()) {
                    vectors.add(name);
                } else {
                    faults.add(id + ": \"" + name + "\" is not a file of vectors, such as contract/dpop.json");
                }
            }
            return vectors;
        }

        private static Optional<String> text(Map<?, ?> members, String name) {
            return Optional.ofNullable(members.get(name))
                    .map(value -> String.valueOf(value).strip());
        }
    }
}

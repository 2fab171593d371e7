// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.integrations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The component's template, read as GitLab does: an input that does not match its pattern is refused, and the values
 * are put into the text before it is read as YAML.
 */
record GitlabComponent(Map<?, ?> inputs, String job) {
    private static final Pattern INPUT = Pattern.compile("\\$\\[\\[ inputs\\.([a-z-]+) ]]");

    static GitlabComponent read(Path folder) throws IOException {
        var parts =
                Files.readString(folder.resolve("templates/run/template.yml")).split("\n---\n");
        var spec = (Map<?, ?>) Objects.requireNonNull(yaml(parts[0]).get("spec"));
        return new GitlabComponent((Map<?, ?>) Objects.requireNonNull(spec.get("inputs")), parts[1]);
    }

    /** The jobs. */
    Map<?, ?> with(Map<String, String> given) {
        var values = new HashMap<>(given);
        inputs.forEach((name, input) -> values.computeIfAbsent(
                name.toString(),
                missing -> Objects.requireNonNull(((Map<?, ?>) input).get("default"))
                        .toString()));
        values.forEach((name, value) -> {
            if (!accepts(name, value)) {
                throw new IllegalArgumentException(name + " does not match its pattern");
            }
        });
        return yaml(INPUT.matcher(job).replaceAll(match -> Matcher.quoteReplacement(values.get(match.group(1)))));
    }

    boolean accepts(String name, String value) {
        return Pattern.compile(pattern(name)).matcher(value).find();
    }

    private String pattern(String name) {
        var input = (Map<?, ?>) Objects.requireNonNull(inputs.get(name), name);
        return input.get("type").equals("string")
                ? Objects.requireNonNull(input.get("regex"), name + " has no pattern")
                        .toString()
                : ".*";
    }

    private static Map<?, ?> yaml(String text) {
        return (Map<?, ?>)
                Objects.requireNonNull(new Load(LoadSettings.builder().build()).loadFromString(text));
    }
}

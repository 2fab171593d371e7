// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.integrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No input of GitLab's component changes anything but its own value. */
class GitlabComponentTest {
    private static final Map<String, String> GIVEN = Map.of(
            "issuer", "https://tokens.acme.example",
            "task", "deploy",
            "script", "./deploy.sh",
            "identifiers", "env:production",
            "rules", "[{\"when\": \"always\"}]",
            "job-name", "deploy");

    private static GitlabComponent component() throws IOException {
        return GitlabComponent.read(Recipe.ROOT.resolve("integrations/gitlab"));
    }

    static Stream<String> texts() throws IOException {
        return component().inputs().keySet().stream().map(Object::toString).filter(name -> !name.equals("rules"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void takesNothingThatWouldEndItsValue(String name) throws IOException {
        var component = component();
        var valid = GIVEN.getOrDefault(name, "a");
        var ends = List.of("\n", "\r", "\u0085", "\u2028", "\u2029", "\0", "\t");
        for (var end : ends) {
            assertThat(component.accepts(name, valid + end))
                    .as("%s ends with %x", name, (int) end.charAt(0))
                    .isFalse();
            assertThat(component.accepts(name, valid + end + "    image: theirs"))
                    .isFalse();
        }
        if (!name.equals("script")) {
            assertThat(component.accepts(name, valid + "\"")).isFalse();
            assertThat(component.accepts(name, valid + "\\")).isFalse();
            assertThat(component.accepts(name, valid + "\", expand: true}, X: {value: \""))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo \"this\" 'and' that",
                "echo \\ \"a: b\" # c",
                "  leading and trailing  ",
                "\", expand: true}",
                "$[[ inputs.task ]] $(id) `id` $HOME",
                "*alias",
                "&anchor",
                "!reference [a, b]",
                "- item",
                "? key",
                "%TAG",
                "@at",
                "{a: b}",
                "[a]",
                "---",
                "|",
                ">",
                "null"
            })
    void theScriptComesOutAsItIs(String script) throws IOException {
        var given = new HashMap<>(GIVEN);
        given.put("script", script);
        var job = (Map<?, ?>) component().with(given).get("deploy");
        var plain = (Map<?, ?>) component().with(GIVEN).get("deploy");
        var variables = new HashMap<Object, Object>((Map<?, ?>) plain.get("variables"));
        variables.put("TASKBOUND_STEP_SCRIPT", Map.of("expand", false, "value", script));
        var expected = new HashMap<Object, Object>(plain);
        expected.put("variables", variables);
        assertThat(job).isEqualTo(expected);
    }

    @Test
    void emptyOnesStayEmpty() throws IOException {
        var job = (Map<?, ?>) component().with(GIVEN).get("deploy");
        var variables = (Map<?, ?>) job.get("variables");
        assertThat(variables.get("TASKBOUND_STEP_TARGETS")).isEqualTo(Map.of("value", "", "expand", false));
    }
}

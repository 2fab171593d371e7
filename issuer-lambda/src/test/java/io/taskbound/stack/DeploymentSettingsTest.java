// SPDX-License-Identifier: Apache-2.0
package io.taskbound.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What deploys the template by other means names its parameters and outputs: infra/samconfig.toml, infra/terraform. */
class DeploymentSettingsTest {
    private static final Pattern OVERRIDES = Pattern.compile("(?s)parameter_overrides = \\[(.*?)]");
    private static final Pattern PAIR = Pattern.compile("\"(\\w+)=([^\"]*)\"");
    private static final Pattern VARIABLE =
            Pattern.compile("(?m)^variable \"(\\w+)\" \\{\\n(?:  .*\\n)*?  type += (\\S+)\\n((?:  .*\\n)*)}");
    private static final Pattern PASSED = Pattern.compile("(?m)^    (\\w+) += (.+)$");
    private static final Pattern OUTPUT = Pattern.compile(
            "output \"(\\w+)\" \\{\\n  description = .*\\n  value += lookup\\(aws_cloudformation_stack\\.issuer\\.outputs, \"(\\w+)\", null\\)\\n}");

    private final StackTemplate template = StackTemplate.ours();

    private static String text(String file) throws IOException {
        return Files.readString(StackTemplate.ROOT.resolve("infra").resolve(file));
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    @Test
    void theTrialsSettingsAreParametersThatTheTemplateTakesForATrial() throws IOException {
        var overrides = OVERRIDES.matcher(text("samconfig.toml"));
        assertThat(overrides.find()).isTrue();
        var given = new HashMap<String, String>();
        PAIR.matcher(overrides.group(1)).results().forEach(pair -> given.put(pair.group(1), pair.group(2)));
        assertThat(overrides.find()).as("production has the defaults").isFalse();
        assertThat(template.section("Parameters")).containsKeys(given.keySet().toArray(String[]::new));
        assertThat(template.deployed(given).refusals()).isEmpty();
        assertThat(given)
                .containsEntry("IssuerUrl", "auto")
                .containsEntry("Protect", "false")
                .containsEntry("ReservedConcurrency", "0");
    }

    /** The template needs both; and sam finds the packaged one where infra/package puts it. */
    @Test
    void eachPresetHasWhatTheTemplateNeeds() throws IOException {
        for (var preset : List.of("default", "trial")) {
            var section = text("samconfig.toml")
                    .split("\\[" + preset + "\\.deploy\\.parameters]", 2)[1]
                    .split("(?m)^\\[", 2)[0];
            assertThat(section)
                    .contains("capabilities = [\"CAPABILITY_IAM\", \"CAPABILITY_AUTO_EXPAND\"]")
                    .contains("template_file = \"target/stack/template.yaml\"");
        }
    }

    @Test
    void theModuleHasAVariableOfTheRightTypeForEachParameter() throws IOException {
        var found = new LinkedHashMap<String, String>();
        var required = new TreeSet<String>();
        VARIABLE.matcher(text("terraform/variables.tf")).results().forEach(variable -> {
            found.put(variable.group(1), variable.group(2));
            if (!variable.group(3).contains("default")) {
                required.add(variable.group(1));
            }
        });
        var expected = new HashMap<>(Map.of("stack_name", "string", "template_file", "string", "bucket", "string"));
        template.section("Parameters").forEach((name, declared) -> expected.put(snake(name), type(declared)));
        assertThat(found).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(required).isEqualTo(Set.of("template_file", "bucket", "issuer_url"));
    }

    private static String type(Object declared) {
        var parameter = StackTemplate.map(declared);
        if (List.of("true", "false").equals(parameter.get("AllowedValues"))) {
            return "bool";
        }
        return switch (parameter.get("Type").toString()) {
            case "Number" -> "number";
            case "CommaDelimitedList" -> "list(string)";
            default -> "string";
        };
    }

    @Test
    void theModulePassesEachOfThemOn() throws IOException {
        var passed = PASSED.matcher(text("terraform/main.tf")
                        .split("parameters = \\{", 2)[1]
                        .split("(?m)^  }", 2)[0])
                .results()
                .collect(Collectors.toMap(each -> each.group(1), each -> each.group(2)));
        assertThat(passed)
                .containsOnlyKeys(template.section("Parameters").keySet().toArray(String[]::new));
        passed.forEach((name, value) -> {
            var variable = "var." + snake(name);
            var isList = type(template.section("Parameters").get(name)).startsWith("list");
            assertThat(value)
                    .isEqualTo(isList ? variable + " == null ? null : join(\",\", " + variable + ")" : variable);
        });
    }

    @Test
    void theModuleHasEachOutput() throws IOException {
        var found = OUTPUT.matcher(text("terraform/outputs.tf"))
                .results()
                .collect(Collectors.toMap(each -> each.group(1), each -> each.group(2)));
        var expected = template.section("Outputs").keySet().stream()
                .collect(Collectors.toMap(name -> snake(name), name -> name));
        assertThat(found).isEqualTo(expected);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.integrations;

import io.taskbound.cli.integrations.Recipe.Setting;
import io.taskbound.cli.integrations.Recipe.Start;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What each system makes of the files of its recipe, as far as the recipes use it. */
final class Recipes {
    private static final String ISSUER = "https://tokens.acme.example";
    private static final String PROJECTED = "/var/run/secrets/taskbound/token";

    private Recipes() {}

    static Start gitlab(Setting setting) throws IOException {
        var inputs = Map.of(
                "issuer", setting.issuer(),
                "task", setting.task(),
                "script", setting.script(),
                "identifiers", "env:production",
                "actions", "deploy",
                "targets", "",
                "job-name", "deploy");
        var job = at(GitlabComponent.read(setting.folder()).with(inputs), "deploy");
        var environment = new HashMap<String, String>();
        at(job, "variables")
                .forEach((name, variable) ->
                        environment.put(name.toString(), text(((Map<?, ?>) variable).get("value"))));
        environment.put("GITLAB_CI", "true");
        environment.put("TASKBOUND_ID_TOKEN", Files.readString(setting.idTokenFile()));
        return new Start(List.of("sh", "-ec", texts(job.get("script")).get(0)), environment);
    }

    static Start buildkite(Setting setting) {
        var hook = setting.folder().resolve("hooks/command").toString();
        return new Start(
                List.of(hook),
                Map.of(
                        "BUILDKITE", "true",
                        "BUILDKITE_COMMAND", setting.script(),
                        "BUILDKITE_PLUGIN_TASKBOUND_ISSUER", setting.issuer(),
                        "BUILDKITE_PLUGIN_TASKBOUND_TASK", setting.task(),
                        "BUILDKITE_PLUGIN_TASKBOUND_IDENTIFIERS_0", "env:production"));
    }

    static Start circleci(Setting setting) throws IOException {
        var parameters = Map.of(
                "issuer",
                setting.issuer(),
                "task",
                setting.task(),
                "command",
                setting.script(),
                "identifiers",
                "env:production\n",
                "actions",
                "deploy",
                "targets",
                "");
        var step = orbCommand("with-task-token", parameters);
        var environment = new HashMap<>(step.environment());
        environment.put("CIRCLECI", "true");
        // Of another audience, as CircleCI sets it.
        environment.put("CIRCLE_OIDC_TOKEN", "x.y.z");
        return new Start(step.command(), environment);
    }

    /** The only step of a command of the orb. */
    static Start orbCommand(String name, Map<String, String> parameters) throws IOException {
        var orb = documents(Files.readString(Recipe.ROOT.resolve("integrations/circleci/orb.yml")))
                .get(0);
        var command = at(at(orb, "commands"), name);
        var step = at((Map<?, ?>) ((List<?>) Objects.requireNonNull(command.get("steps"))).get(0), "run");
        var environment = new HashMap<String, String>();
        at(step, "environment")
                .forEach((variable, value) ->
                        environment.put(variable.toString(), filled("<< parameters.", " >>", parameters, value)));
        return new Start(List.of("bash", "-eo", "pipefail", "-c", text(step.get("command"))), environment);
    }

    static Start tekton(Setting setting) throws IOException {
        var params = Map.of(
                "issuer",
                setting.issuer(),
                "task",
                setting.task(),
                "script",
                setting.script(),
                "identifiers",
                "env:production",
                "actions",
                "",
                "targets",
                "");
        var spec = at(
                documents(setting, "task/taskbound-run/0.1/taskbound-run.yaml").get(0), "spec");
        var step = (Map<?, ?>) ((List<?>) Objects.requireNonNull(spec.get("steps"))).get(0);
        var environment = new HashMap<String, String>();
        for (var entry : (List<?>) Objects.requireNonNull(step.get("env"))) {
            var variable = (Map<?, ?>) entry;
            environment.put(text(variable.get("name")), filled("$(params.", ")", params, variable.get("value")));
        }
        var script = text(step.get("script"))
                .replace(PROJECTED, setting.idTokenFile().toString());
        return new Start(List.of("sh", "-c", script), environment);
    }

    static Start kubernetesOneTask(Setting setting) throws IOException {
        var line = new ArrayList<String>();
        for (var word : texts(container(setting, "one-task.yaml").get("command"))) {
            line.add(
                    switch (word) {
                        case PROJECTED -> setting.idTokenFile().toString();
                        case "deploy" -> setting.task();
                        default -> word;
                    });
        }
        line.remove("./deploy.sh");
        line.addAll(List.of("sh", "-ec", setting.script()));
        return new Start(line, Map.of("TASKBOUND_ISSUER", setting.issuer()));
    }

    static Start kubernetesSeveralTasks(Setting setting) throws IOException {
        var container = container(setting, "several-tasks.yaml");
        var line = new ArrayList<>(texts(container.get("command")));
        // One of the two lines; that both work one after the other is a test's own.
        line.add(texts(container.get("args"))
                .get(0)
                .replaceFirst("(?m)^taskbound run .*\\n", "")
                .replace("--task deploy", "--task " + setting.task())
                .replace("./deploy.sh", "sh -ec '" + setting.script() + "'"));
        return new Start(
                line, Map.of("TASKBOUND_ISSUER", setting.issuer(), "POD_NAME", "deploy-7d4f", "POD_UID", "3a516f"));
    }

    private static Map<?, ?> container(Setting setting, String file) throws IOException {
        var job = documents(setting, file).stream()
                .filter(document -> "Job".equals(document.get("kind")))
                .findFirst()
                .orElseThrow();
        var pod = at(at(at(job, "spec"), "template"), "spec");
        return (Map<?, ?>) ((List<?>) Objects.requireNonNull(pod.get("containers"))).get(0);
    }

    private static List<Map<?, ?>> documents(Setting setting, String file) throws IOException {
        return documents(Files.readString(setting.folder().resolve(file)).replace(ISSUER, setting.issuer()));
    }

    private static List<Map<?, ?>> documents(String yaml) {
        var documents = new ArrayList<Map<?, ?>>();
        new Load(LoadSettings.builder().build())
                .loadAllFromString(yaml)
                .forEach(document -> documents.add((Map<?, ?>) document));
        return documents;
    }

    private static Map<?, ?> at(Map<?, ?> map, String key) {
        return (Map<?, ?>) Objects.requireNonNull(map.get(key), key);
    }

    private static String text(Object value) {
        return Objects.requireNonNull(value).toString();
    }

    private static List<String> texts(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    /** A name that nobody knows would be left, and the test would fail. */
    private static String filled(String before, String after, Map<String, String> values, Object template) {
        var filled = template.toString();
        for (var value : values.entrySet()) {
            filled = filled.replace(before + value.getKey() + after, value.getValue());
        }
        return filled;
    }
}

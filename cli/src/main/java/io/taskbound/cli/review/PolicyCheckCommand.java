// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.issuer.AudienceAgreement;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.Severity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policy check}: every fault of a policy at once, each with its place and what to write instead. */
@Command(
        name = "check",
        header = "Check a policy and report all of its faults at once.",
        description = {
            "",
            "Checks what the issuer checks when it loads the policy. Each fault comes with file, line and"
                    + " column and what to write instead. Exit code 0 if the policy can be loaded, even with warnings;"
                    + " 1 if it cannot."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound policy check infra/policy/example.yaml"})
public final class PolicyCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PATH", description = "The policy: a YAML file, or a folder of them.")
    private Path path = Path.of("");

    @Option(names = "--json", description = "Print the result as one JSON object, for tools.")
    private boolean json;

    public PolicyCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (!Files.exists(path)) {
            throw Complaint.usage("There is no " + path + ".", "Name a policy file, or a folder of them.");
        }
        var read = PolicyFiles.load(path);
        if (json) {
            context.say(JsonLine.of(asJson(read)));
        } else {
            print(read);
        }
        if (read instanceof Loaded.Ok ok) {
            context.variable("TASKBOUND_ISSUER")
                    .ifPresent(
                            url -> AudienceAgreement.warnings(ok.policy(), url).forEach(context::warn));
            return 0;
        }
        return Complaint.REFUSED;
    }

    private void print(Loaded read) {
        var found = found(read);
        FaultLines.of(found).forEach(context::say);
        long errors = found.stream()
                .filter(fault -> fault.fault().severity() == Severity.ERROR)
                .count();
        var counted = count(errors, "error") + ", " + count(found.size() - errors, "warning");
        if (read instanceof Loaded.Ok ok) {
            var policy = ok.policy();
            context.say(context.green("OK") + "  " + count(policy.tasks().size(), "task") + ", "
                    + count(policy.providers().size(), "provider") + ", hash "
                    + policy.version().hash() + "; " + counted);
        } else {
            context.say(context.red("FAULTY") + "  " + counted);
        }
    }

    private static List<LocatedFault> found(Loaded read) {
        return read.match(Loaded.Ok::warnings, Loaded.Faulty::faults);
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    private static JsonObject asJson(Loaded read) {
        List<JsonValue> faults =
                found(read).stream().<JsonValue>map(PolicyCheckCommand::asJson).toList();
        var object = JsonObject.builder().put("ok", read instanceof Loaded.Ok);
        if (read instanceof Loaded.Ok ok) {
            object.put("hash", ok.policy().version().hash());
        }
        return object.put("faults", new JsonArray(faults)).build();
    }

    private static JsonObject asJson(LocatedFault located) {
        var fault = located.fault();
        return JsonObject.builder()
                .put("file", located.file().toString())
                .put("line", located.line())
                .put("column", located.column())
                .put("path", fault.path())
                .put("severity", fault.severity().wire())
                .put("message", fault.message())
                .put("remedy", fault.remedy())
                .build();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.report.Annotations;
import io.taskbound.cli.report.CodePage;
import io.taskbound.cli.report.ReportFormat;
import io.taskbound.cli.report.SarifLog;
import io.taskbound.cli.report.SourceRoot;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.Acceptance;
import io.taskbound.policy.FaultCode;
import io.taskbound.policy.Severity;
import io.taskbound.policy.Spelling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code policy check}: every fault of a policy at once, each with its place and what to write instead. */
@Command(
        name = "check",
        header = "Check a policy and report all of its faults at once.",
        description = {
            "",
            "Checks what the issuer checks when it loads the policy. Each fault comes with file, line and"
                    + " column, what to write instead, and a code that stays the same. Exit code 0 if the policy can be"
                    + " loaded, even with warnings; 1 if it cannot.",
            "",
            "A warning that is meant so is accepted in the policy, beside what it is about: accept: {CODE: \"reason\"}."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound policy check infra/policy/example.yaml",
            "  taskbound policy check --format sarif policy.yaml > policy.sarif",
            "  taskbound policy check --explain tenant-only"
        })
public final class PolicyCheckCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "PATH", arity = "0..1", description = "The policy: a YAML file, or a folder of them.")
    private Optional<Path> path = Optional.empty();

    @Option(names = "--explain", paramLabel = "CODE", description = "Explain this code of a fault, and check nothing.")
    private Optional<String> explained = Optional.empty();

    @Option(names = "--json", description = "Print the result as one JSON object, for tools.")
    private boolean json;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "text (default), json, github for annotations of a pull request, or sarif for code scanning.")
    private Optional<String> format = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public PolicyCheckCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (explained.isPresent() == path.isPresent()) {
            throw Complaint.usage(
                    "Nothing to check: neither a policy nor a code is named, or both are.",
                    "Name a policy file or folder, or a code with --explain: taskbound policy check --help.");
        }
        return explained.isPresent() ? explain(explained.get()) : check(path.orElseThrow());
    }

    private int explain(String code) throws Complaint {
        var page = new CodePage();
        var paragraph = page.paragraph(code);
        if (paragraph.isEmpty()) {
            throw Complaint.usage(
                    "No fault has the code " + Printable.of(code) + ".",
                    Spelling.nearest(code, page.codes())
                            .map(meant -> "Did you mean " + meant + "?")
                            .orElse("Name one of: " + String.join(", ", page.codes())));
        }
        var kind = FaultCode.named(code).orElseThrow().severity().wire();
        context.say(code + " (" + kind + ")");
        context.say(paragraph.get());
        return 0;
    }

    private int check(Path policy) throws Complaint {
        if (!Files.exists(policy)) {
            throw Complaint.usage("There is no " + policy + ".", "Name a policy file, or a folder of them.");
        }
        var form = ReportFormat.named(
                format, json, ReportFormat.TEXT, ReportFormat.JSON, ReportFormat.GITHUB, ReportFormat.SARIF);
        var read = PolicyFiles.load(
                policy, context.variable("TASKBOUND_ISSUER"), context.clock().instant());
        switch (form) {
            case JSON -> context.say(JsonLine.of(asJson(read)));
            case SARIF -> context.say(JsonLine.of(new SarifLog(SourceRoot.of(context), version()).of(found(read))));
            case GITHUB -> {
                new Annotations(SourceRoot.of(context)).of(found(read)).forEach(context::say);
                conclude(read);
            }
            default -> {
                FaultLines.of(found(read)).forEach(context::say);
                conclude(read);
            }
        }
        return read instanceof Loaded.Ok ? 0 : Complaint.REFUSED;
    }

    /** {@code taskbound 1.2.3 (0123abc), Java 17}: the second word. */
    private String version() {
        var words = String.join(" ", spec.root().version()).split("[ ,]");
        return words.length > 1 ? words[1] : "unknown";
    }

    private void conclude(Loaded read) {
        var found = found(read);
        long errors = found.stream()
                .filter(fault -> fault.fault().severity() == Severity.ERROR)
                .count();
        var counted = count(errors, "error") + ", " + count(found.size() - errors, "warning");
        if (read instanceof Loaded.Ok ok) {
            var policy = ok.policy();
            context.say(context.green("OK") + "  " + count(policy.tasks().size(), "task") + ", "
                    + count(policy.providers().size(), "provider") + ", hash "
                    + policy.version().hash() + "; " + counted
                    + accepted(policy.acceptances().size()));
        } else {
            context.say(context.red("FAULTY") + "  " + counted);
        }
    }

    private static String accepted(int number) {
        return number == 0 ? "" : ", " + number + " accepted";
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
            object.put("accepted", accepted(ok.policy().acceptances()));
        }
        return object.put("faults", new JsonArray(faults)).build();
    }

    private static JsonArray accepted(List<Acceptance> acceptances) {
        return new JsonArray(acceptances.stream()
                .<JsonValue>map(acceptance -> JsonObject.builder()
                        .put("in", acceptance.subject())
                        .put("code", acceptance.code().wire())
                        .put("reason", acceptance.reason())
                        .build())
                .toList());
    }

    private static JsonObject asJson(LocatedFault located) {
        var fault = located.fault();
        return JsonObject.builder()
                .put("file", located.file().toString())
                .put("line", located.line())
                .put("column", located.column())
                .put("path", fault.path())
                .put("code", fault.code().wire())
                .put("severity", fault.severity().wire())
                .put("message", fault.message())
                .put("remedy", fault.remedy())
                .build();
    }
}

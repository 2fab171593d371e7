// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.policy.Spelling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code controls}: what Taskbound supports of some frameworks, and what proved it. */
@Command(
        name = "controls",
        header = "Show which controls of OWASP and NIST are supported, and the tests that proved it.",
        description = {
            "",
            "For each control: one claim that a test can falsify, the tests that tried to in this build, what is left to you, and what"
                    + " is not claimed. In a checkout, the tests are those of the last `mvn verify`; an archive carries how they ended"
                    + " when it was built. The exit code is 1 if a claim that is shown was not proven."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound controls",
            "  taskbound controls NHI7:2025 AC-12",
            "  taskbound controls --framework csf --json",
            "  taskbound controls --oscal > component-definition.json"
        })
public final class ControlsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "The controls to show (default: all), such as NHI5:2025.")
    private List<String> ids = new ArrayList<>();

    @Option(
            names = "--framework",
            paramLabel = "F",
            description =
                    "Only those of nhi (OWASP Non-Human Identities Top 10), csf (NIST CSF 2.0), zero-trust (NIST SP 800-207) or"
                            + " sp800-53.")
    private @Nullable String framework;

    @Option(
            names = "--proof",
            paramLabel = "FILE",
            description = "How the tests of another build ended: its controls-proof.json.")
    private @Nullable Path proof;

    @Option(names = "--json", description = "Print one JSON object, for tools.")
    private boolean json;

    @Option(
            names = "--oscal",
            description =
                    "Print all of them as an OSCAL component definition, for security plans. It does not say how the tests ended.")
    private boolean oscal;

    public ControlsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var controls = Controls.built();
        if (oscal) {
            return printDefinition(controls);
        }
        var chosen = chosen(controls);
        var version = spec.root().version()[0].replaceFirst("^taskbound (.*), Java.*", "$1");
        var found = proof == null ? BuiltHere.proof(controls.controls(), version) : Optional.of(BuiltHere.read(proof));
        var report = new ControlsReport(chosen, found);
        if (json) {
            context.say(JsonLine.of(report.json()));
        } else {
            context.say(report.lines());
        }
        return report.isProven() ? 0 : Complaint.REFUSED;
    }

    private int printDefinition(Controls controls) throws Complaint {
        if (json || proof != null || framework != null || !ids.isEmpty()) {
            throw Complaint.usage(
                    "--oscal prints all controls, in a form of its own.", "Leave out what stands beside it.");
        }
        context.say(new ComponentDefinition(controls).text().stripTrailing());
        return 0;
    }

    private List<Control> chosen(Controls controls) throws Complaint {
        var keys = controls.frameworks().stream().map(Framework::key).toList();
        if (framework != null && !keys.contains(framework)) {
            throw Complaint.usage(
                    "There is no framework " + Printable.typed(framework) + ".",
                    "Name one of " + String.join(", ", keys) + ".");
        }
        var chosen = controls.controls().stream()
                .filter(control ->
                        framework == null || control.framework().key().equals(framework))
                .toList();
        if (ids.isEmpty()) {
            return chosen;
        }
        var named = new LinkedHashSet<Control>();
        for (var id : ids) {
            var found = chosen.stream()
                    .filter(control -> control.id().toLowerCase(Locale.ROOT).equals(id.toLowerCase(Locale.ROOT)))
                    .toList();
            if (found.isEmpty()) {
                throw unknown(id, chosen);
            }
            named.addAll(found);
        }
        return List.copyOf(named);
    }

    private static Complaint unknown(String id, List<Control> controls) {
        var meant = Spelling.nearest(
                id, controls.stream().map(Control::id).distinct().toList());
        return Complaint.usage(
                "There is no control " + Printable.typed(id) + " here."
                        + meant.map(near -> " Did you mean " + near + "?").orElse(""),
                "`taskbound controls` shows all.");
    }
}

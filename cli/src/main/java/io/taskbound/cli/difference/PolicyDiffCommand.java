// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.difference;

import io.taskbound.cli.question.AskedPolicy;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyDifference;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policy diff}: the difference between two policies by what they decide. */
@Command(
        name = "diff",
        header = "Say what a policy allows that another does not.",
        description = {
            "",
            "Compares by what the two decide, not by how they are written. First comes what is wider: somebody else is"
                    + " let in, a limit is higher, an approval is gone. Then what is narrower, and last what changes no"
                    + " decision by itself. In doubt a change is called wider.",
            "",
            "As markdown, it is fit for a comment on a pull request: text of the policies cannot become markup there,"
                    + " mention anybody or link anywhere."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound policy diff old.yaml new.yaml",
            "  taskbound policy diff - policy.yaml --format markdown"
        })
public final class PolicyDiffCommand implements Callable<Integer> {
    private static final String NOTHING = "-";

    /** Forms of the answer. */
    enum Format {
        text,
        markdown,
        json
    }

    private final CommandContext context;

    @Parameters(
            index = "0",
            paramLabel = "OLD",
            description = "The policy before: a YAML file, a folder of them, or - if there was none.")
    private String old = "";

    @Parameters(index = "1", paramLabel = "NEW", description = "The policy after: a YAML file, or a folder of them.")
    private Path now = Path.of("");

    @Option(names = "--format", paramLabel = "F", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.text;

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Option(names = "--exit-code", description = "Exit with 1 if a change widens access.")
    private boolean exitCode;

    public PolicyDiffCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (json && format == Format.markdown) {
            throw Complaint.usage("Both --json and --format markdown are given.", "Give one of them.");
        }
        var reading = AskedPolicy.begin(now);
        var before = old.equals(NOTHING) ? Optional.<Policy>empty() : Optional.of(AskedPolicy.read(path(), context));
        var after = reading.get(context);
        var sorted = new SortedChanges(PolicyDifference.between(before, after));
        switch (json ? Format.json : format) {
            case json -> context.say(JsonLine.of(DifferenceJson.of(sorted, before, after)));
            case markdown -> context.say(DifferenceMarkdown.lines(sorted));
            case text -> context.say(DifferenceText.lines(sorted, context));
        }
        return exitCode && !sorted.wider().isEmpty() ? Complaint.REFUSED : 0;
    }

    private Path path() throws Complaint {
        try {
            return Path.of(old);
        } catch (InvalidPathException e) {
            throw Complaint.usage(
                    "There is no " + Printable.typed(old) + ".", "Name a policy file, or a folder of them.");
        }
    }
}

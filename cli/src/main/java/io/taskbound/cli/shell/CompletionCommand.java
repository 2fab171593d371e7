// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.shell;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code completion}: a script that lets a shell complete commands and options. */
@Command(
        name = "completion",
        header = "Print a script that completes commands and options in bash, zsh or fish.",
        description = {
            "",
            "Put the example's line for your shell into ~/.bashrc, ~/.zshrc or ~/.config/fish/config.fish. The script knows"
                    + " the commands of this version; with a new version, print it again. The archive of a release has the"
                    + " scripts in share/."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound completion bash > ~/.taskbound-completion && . ~/.taskbound-completion",
            "  taskbound completion zsh > ~/.taskbound-completion && . ~/.taskbound-completion",
            "  taskbound completion fish | source"
        })
public final class CompletionCommand implements Callable<Integer> {
    private static final String SHELLS = "bash, zsh or fish";
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            paramLabel = "SHELL",
            arity = "0..1",
            defaultValue = "bash",
            completionCandidates = Shells.class,
            description = "bash, zsh or fish. Without it, a script that bash and zsh both read.")
    private String shell = "";

    public CompletionCommand(CommandContext context) {
        this.context = context;
    }

    /** What the script itself proposes. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return List.of("bash", "zsh", "fish").iterator();
        }
    }

    @Override
    public Integer call() throws Complaint {
        var root = spec.root();
        context.out()
                .print(
                        switch (shell) {
                            case "bash" -> AutoComplete.bash("taskbound", root.commandLine());
                            case "zsh" -> zsh(AutoComplete.bash("taskbound", root.commandLine()));
                            case "fish" -> new FishScript(root).text();
                            default ->
                                throw Complaint.usage(
                                        "There is no completion for " + Printable.typed(shell) + ".",
                                        "Name one of " + SHELLS + ".");
                        });
        context.out().flush();
        return 0;
    }

    /**
     * zsh reads bash's script. As a file on its {@code fpath}, it is read at the first completion and has to answer
     * that one too.
     */
    private static String zsh(String bash) {
        return "#compdef taskbound\n" + bash
                + "\n[[ ${funcstack[1]-} = _taskbound ]] && _bash_complete -o default -F _complete_taskbound\n";
    }
}

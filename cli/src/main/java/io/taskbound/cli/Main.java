// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli;

import io.taskbound.cli.run.RunCommand;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.LauncherVariables;
import java.io.Console;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Entry point of {@code taskbound.jar}. Exit codes: 0 done, {@value Complaint#REFUSED} refused or faulty,
 * {@value Complaint#USAGE} called wrongly.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) {
        var context = new CommandContext(
                new PrintStream(System.out, true, StandardCharsets.UTF_8),
                new PrintStream(System.err, true, StandardCharsets.UTF_8),
                System.in,
                LauncherVariables.restored(System.getenv()),
                wantsColours(),
                Clock.systemUTC());
        System.exit(run(context, args));
    }

    /** Runs one command and returns its exit code. */
    public static int run(CommandContext context, String... args) {
        var line = commandLine(context, args);
        line.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8));
        line.setColorScheme(CommandLine.Help.defaultColorScheme(context.colours() ? Ansi.ON : Ansi.OFF));
        // `verify @FILE` is ours; picocli would read options from the file.
        line.setExpandAtFiles(false);
        line.setUsageHelpAutoWidth(false);
        line.setUsageHelpWidth(100);
        // `-hXYZ` is an id that somebody typed wrongly, and no wish for help.
        line.setPosixClusteredShortOptionsAllowed(false);
        line.setHelpFactory(ExampleHelp::new);
        line.setParameterExceptionHandler((wrong, given) -> misused(wrong, context));
        line.setExecutionExceptionHandler((fault, command, parsed) -> broken(fault, context));
        var misspelt = Misspelling.in(line, args);
        return misspelt.isPresent() ? misused(misspelt.get(), context) : line.execute(args);
    }

    static CommandLine commandLine(CommandContext context, String... args) {
        var maker = new CommandMaker(context);
        return args.length > 0 && args[0].equals("run")
                ? runAlone(maker)
                : new CommandLine(TaskboundCommand.class, maker);
    }

    /** A step waits for {@code run}, and reading the annotations of all other commands takes as long as a call. */
    private static CommandLine runAlone(CommandMaker maker) {
        RunCommand.warmUp();
        var run = new CommandLine(RunCommand.class, maker);
        run.getCommandSpec()
                .addOption(OptionSpec.builder("-h", "--help")
                        .usageHelp(true)
                        .description("Show this help.")
                        .build());
        var root = CommandSpec.create().name("taskbound").addSubcommand("run", run);
        return new CommandLine(root, maker);
    }

    private static int misused(ParameterException wrong, CommandContext context) {
        var command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        var what = wrong instanceof UnmatchedArgumentException unknown
                ? Misspelling.of(unknown)
                : String.valueOf(wrong.getMessage());
        context.warn("taskbound: " + sentence(what));
        context.warn("See `" + command + " --help`.");
        return Complaint.USAGE;
    }

    private static int broken(Exception fault, CommandContext context) {
        if (context.variable("TASKBOUND_DEBUG").isPresent()) {
            fault.printStackTrace(context.err());
        }
        if (fault instanceof Complaint complaint) {
            context.warn("taskbound: " + complaint.what());
            context.warn(complaint.remedy());
            return complaint.exitCode();
        }
        context.warn("taskbound: internal error: " + sentence(fault.toString()));
        context.warn("Run it again with TASKBOUND_DEBUG=1 for the stack trace, and please report it.");
        return Complaint.REFUSED;
    }

    private static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }

    private static boolean wantsColours() {
        boolean refused = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                || "dumb".equals(System.getenv().getOrDefault("TERM", "dumb"));
        return !refused && isTerminal(System.console());
    }

    /** Since Java 22 there may be a console without a terminal behind it. */
    private static boolean isTerminal(@Nullable Console console) {
        if (console == null) {
            return false;
        }
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.report.Annotations;
import io.taskbound.cli.report.ReportFormat;
import io.taskbound.cli.report.SourceRoot;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code policy test}: asks a policy the questions of a table, and says what of the policy the table does not reach.
 */
@Command(
        name = "test",
        header = "Ask a policy the questions of a table, and compare the answers.",
        description = {
            "",
            "A table is a YAML file: named callers with their claims, requests, and for each case the answer that is"
                    + " expected, allowed or refused. The policy is the one that the file names. Nothing is verified and"
                    + " nothing is granted; the answers are those of policy explain.",
            "",
            "A rule is covered if it is the first that allows a case, and if it refuses another case of its provider."
                    + " Exit code 0 if all answers are as expected; 1 if one is not, or a file is faulty, or"
                    + " what must be covered is not."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound policy test infra/policy/policy-tests",
            "  taskbound policy test infra/policy/policy-tests --coverage --fail-uncovered",
            "  taskbound policy test infra/policy/policy-tests --format junit > policy.xml"
        })
public final class PolicyTestCommand implements Callable<Integer> {
    private static final List<CoveredPart.Kind> PARTS =
            List.of(CoveredPart.Kind.TASK, CoveredPart.Kind.ALLOWS, CoveredPart.Kind.REFUSES, CoveredPart.Kind.PATTERN);

    private final CommandContext context;

    @Parameters(paramLabel = "PATH", description = "The tests: a YAML file, or a folder of them.")
    private Path path = Path.of("");

    @Option(
            names = "--policy",
            paramLabel = "P",
            description = "The policy, in place of the one that the files name: a YAML file, or a folder of them.")
    private Optional<Path> policy = Optional.empty();

    @Option(names = "--coverage", description = "Say what of the policy no case reaches.")
    private boolean coverage;

    @Option(
            names = "--fail-uncovered",
            description =
                    "Fail if no case asks for a task, is allowed by a rule or a pattern, or is refused by a rule.")
    private boolean failUncovered;

    @Option(names = "--fail-uncovered-claims", description = "Fail if there is a claim that refuses no case by itself.")
    private boolean failUncoveredClaims;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "text (default), json, junit, or github for annotations of a pull request.")
    private Optional<String> format = Optional.empty();

    public PolicyTestCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var form = ReportFormat.named(
                format, false, ReportFormat.TEXT, ReportFormat.JSON, ReportFormat.JUNIT, ReportFormat.GITHUB);
        var run = read();
        if (!run.faults().isEmpty()) {
            if (form == ReportFormat.GITHUB) {
                annotations().of(run.faults()).forEach(context::say);
            } else {
                FaultLines.of(run.faults()).forEach(context::warn);
            }
            throw Complaint.refused(
                    "No test was run: a file of tests, or a policy, is faulty.", "Correct the faults above.");
        }
        var failing = new ArrayList<CoveredPart.Kind>(failUncovered ? PARTS : List.of());
        if (failUncoveredClaims) {
            failing.add(CoveredPart.Kind.CLAIM);
        }
        var report = new TestReport(run.answers(), coverage, failing);
        print(report, form);
        return report.passed() ? 0 : Complaint.REFUSED;
    }

    private TestRun read() throws Complaint {
        for (var named : policy.map(given -> List.of(path, given)).orElse(List.of(path))) {
            if (!Files.exists(named)) {
                throw Complaint.usage("There is no " + named + ".", "Name a file, or a folder of .yaml files.");
            }
        }
        var run = new TestRun(policy, context.clock().instant());
        try {
            if (run.read(path) == 0) {
                throw Complaint.usage("The folder " + path + " has no .yaml file.", "Name a folder of tests.");
            }
        } catch (IOException unreadable) {
            throw Complaint.refused(path + " cannot be read.", "Check that its files are yours to read.");
        }
        return run;
    }

    private Annotations annotations() {
        return new Annotations(SourceRoot.of(context));
    }

    private void print(TestReport report, ReportFormat form) {
        switch (form) {
            case JSON -> context.say(JsonLine.of(JsonReport.of(report)));
            case JUNIT -> JunitReport.lines(report).forEach(context::say);
            case GITHUB -> {
                GithubReport.lines(report, annotations()).forEach(context::say);
                context.say(report.conclusion(context));
            }
            default -> {
                TextReport.lines(report).forEach(context::say);
                context.say(report.conclusion(context));
            }
        }
    }
}

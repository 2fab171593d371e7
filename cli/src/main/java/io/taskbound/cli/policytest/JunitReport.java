// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.policytest;

import io.taskbound.cli.terminal.Printable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run of tests as JUnit's XML, which every CI system shows: a suite for each file of tests, and, where parts of a
 * policy must be covered, one more for each policy.
 */
final class JunitReport {
    private final List<String> lines = new ArrayList<>();

    private JunitReport() {}

    static List<String> lines(TestReport report) {
        var xml = new JunitReport();
        xml.lines.add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        xml.lines.add("<testsuites name=\"taskbound policy test\">");
        for (var policy : report.policies()) {
            byFile(policy).forEach((file, outcomes) -> xml.suite(policy, file, outcomes));
            if (!report.failing().isEmpty()) {
                xml.coverage(report, policy);
            }
        }
        xml.lines.add("</testsuites>");
        return xml.lines;
    }

    private static Map<Path, List<Outcome>> byFile(TestedPolicy policy) {
        var files = new LinkedHashMap<Path, List<Outcome>>();
        policy.outcomes()
                .forEach(outcome -> files.computeIfAbsent(
                                outcome.test().position().file(), any -> new ArrayList<>())
                        .add(outcome));
        return files;
    }

    private void suite(TestedPolicy policy, Path file, List<Outcome> outcomes) {
        begin(
                file.toString(),
                outcomes.size(),
                outcomes.stream().filter(outcome -> !outcome.passed()).count());
        for (var outcome : outcomes) {
            var test = outcome.test();
            var attributes = named(test.name(), file)
                    + attribute("file", file.toString())
                    + attribute("line", Integer.toString(test.position().line()));
            if (outcome.passed()) {
                lines.add("    <testcase" + attributes + "/>");
            } else {
                var more = new ArrayList<String>();
                policy.hinge(outcome).ifPresent(at -> more.add("see " + at));
                more.addAll(outcome.answer().lines());
                failed(attributes, String.join("; ", outcome.differences()), more);
            }
        }
        end();
    }

    /** Each part that is not covered is one more failed test. */
    private void coverage(TestReport report, TestedPolicy policy) {
        var failures = report.failures(policy);
        int all = report.failing().stream()
                .mapToInt(kind -> policy.coverage().of(kind).size())
                .sum();
        begin("coverage of " + policy.policy(), all, failures.size());
        for (var kind : report.failing()) {
            for (var part : policy.coverage().of(kind)) {
                var name = part.kind().wire() + " at " + part.position();
                if (failures.contains(part)) {
                    failed(
                            named(name, policy.policy()),
                            part.missing(),
                            List.of(part.position().toString()));
                } else {
                    lines.add("    <testcase" + named(name, policy.policy()) + "/>");
                }
            }
        }
        end();
    }

    private void begin(String name, long tests, long failures) {
        lines.add("  <testsuite" + attribute("name", name) + attribute("tests", Long.toString(tests))
                + attribute("failures", Long.toString(failures)) + " errors=\"0\" skipped=\"0\">");
    }

    private void end() {
        lines.add("  </testsuite>");
    }

    private void failed(String attributes, String message, List<String> more) {
        lines.add("    <testcase" + attributes + ">");
        lines.add("      <failure" + attribute("message", message) + ">" + escaped(more.isEmpty() ? "" : more.get(0)));
        more.stream().skip(1).forEach(line -> lines.add(escaped(line)));
        lines.add("      </failure>");
        lines.add("    </testcase>");
    }

    private static String named(String name, Path file) {
        return attribute("classname", file.toString()) + attribute("name", name);
    }

    private static String attribute(String name, String value) {
        return " " + name + "=\"" + escaped(value) + "\"";
    }

    /** Characters that XML cannot hold are not printable either. */
    private static String escaped(String text) {
        return Printable.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

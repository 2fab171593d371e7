// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.report;

import io.taskbound.cli.policy.LocatedFault;
import io.taskbound.cli.policy.Position;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.policy.Severity;
import java.util.List;

/**
 * Workflow commands of GitHub's runner, which shows each beside its line: {@code ::error file=…,line=…::…}. What they
 * say is escaped, so that no text of a policy can end one or begin another.
 */
public final class Annotations {
    private final SourceRoot root;

    public Annotations(SourceRoot root) {
        this.root = root;
    }

    /** One line for each fault. */
    public List<String> of(List<LocatedFault> faults) {
        return faults.stream().map(this::of).toList();
    }

    private String of(LocatedFault located) {
        var fault = located.fault();
        var remedy = fault.remedy().isEmpty() ? "" : "; " + fault.remedy();
        return of(
                fault.severity(),
                new Position(located.file(), located.line(), located.column()),
                fault.code().wire(),
                fault.message() + remedy);
    }

    /** @param title what the runner prints in bold above the message */
    public String of(Severity severity, Position at, String title, String message) {
        return "::" + (severity == Severity.ERROR ? "error" : "warning") + " file=" + property(root.name(at.file()))
                + ",line=" + at.line() + ",col=" + at.column() + ",title=" + property(title) + "::" + text(message);
    }

    /** A percent sign first: the others are written with it. */
    private static String text(String text) {
        var escaped = new StringBuilder();
        text.lines()
                .forEach(line -> escaped.append(escaped.isEmpty() ? "" : "%0A")
                        .append(Printable.of(line).replace("%", "%25")));
        return escaped.toString();
    }

    private static String property(String value) {
        return text(value).replace(":", "%3A").replace(",", "%2C");
    }
}

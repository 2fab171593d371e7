// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import java.util.stream.Collectors;

/** The page of the controls. */
final class ControlsPage {
    private static final String HEAD = """
            # Controls

            What Taskbound supports of some frameworks' controls. For each there is one claim that a test can falsify, and the tests that try
            to. `mvn verify` fails, with the id of the control, if one of them does not exist, did not run or did not pass; so each claim
            here was proven by the build that you have.

            ```sh
            taskbound controls                      # each claim, with how its tests ended in this build
            taskbound controls NHI1:2025 AC-12      # some of them
            taskbound controls --json               # for tools
            taskbound controls --oscal              # all of them, as an OSCAL component definition
            ```

            In a checkout, the tests are those of the last `mvn verify`; the archive of a release carries how they ended when it was built.
            [component-definition.json](component-definition.json) says the same as an OSCAL component definition, for the tools of those who
            write system security plans.

            Supporting a control is not the same as complying with it: what is left to you stands below each claim, and what it must not be
            taken for. Tests are named by their class below `io.taskbound`, and their method; vectors are the files that these tests read, and
            those of the clients in other languages.

            This page is made from [controls.yaml](controls.yaml) by `tools/controls`; change it there.
            [CONTRIBUTING.md](../CONTRIBUTING.md#controls) says how.
            """;

    private final Controls controls;

    ControlsPage(Controls controls) {
        this.controls = controls;
    }

    String text() {
        var text = new StringBuilder(HEAD);
        for (var framework : controls.frameworks()) {
            text.append("\n## ")
                    .append(framework.name())
                    .append(", ")
                    .append(framework.edition())
                    .append('\n');
            text.append("\n<").append(framework.source()).append(">\n");
            controls.controls().stream()
                    .filter(control -> control.framework().equals(framework))
                    .forEach(control -> text.append(section(control)));
        }
        return text.toString();
    }

    private static String section(Control control) {
        var text = new StringBuilder("\n### " + control.id() + ": " + control.title() + "\n\n");
        control.claim().ifPresent(claim -> text.append(claim).append("\n\n"));
        if (!control.tests().isEmpty()) {
            text.append("- Proven by: ")
                    .append(control.tests().stream()
                            .map(test -> "`" + test + "`")
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        if (!control.vectors().isEmpty()) {
            text.append("- Vectors: ")
                    .append(control.vectors().stream()
                            .map(file -> "[`" + file + "`](../" + file + ")")
                            .collect(Collectors.joining(", ")))
                    .append('\n');
        }
        control.deployer()
                .ifPresent(left -> text.append("- Left to you: ").append(left).append('\n'));
        control.notClaimed()
                .ifPresent(not -> text.append("- Not claimed: ").append(not).append('\n'));
        return text.toString();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.report;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** For whom a check prints what it found. */
public enum ReportFormat {
    /** For people. */
    TEXT,
    /** One JSON object. */
    JSON,
    /** Workflow commands, which GitHub's runner shows beside the lines of a pull request. */
    GITHUB,
    /** A SARIF 2.1.0 log. */
    SARIF,
    /** JUnit's XML, which every CI system shows as test results. */
    JUNIT;

    /** @param possible those that the command can print */
    public static ReportFormat named(Optional<String> typed, boolean json, ReportFormat... possible) throws Complaint {
        if (typed.isEmpty()) {
            return json ? JSON : TEXT;
        }
        var format = Arrays.stream(possible)
                .filter(known -> known.word().equals(typed.get()))
                .findFirst()
                .orElseThrow(() -> Complaint.usage(
                        "This command has no --format " + Printable.typed(typed.get()) + ".",
                        "Write one of " + words(possible) + "."));
        if (json && format != JSON) {
            throw Complaint.usage("--json and --format " + format.word() + " are two formats.", "Give one of them.");
        }
        return format;
    }

    private static String words(ReportFormat... possible) {
        List<String> words = Arrays.stream(possible).map(ReportFormat::word).toList();
        return String.join(", ", words.subList(0, words.size() - 1)) + " and " + words.get(words.size() - 1);
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}

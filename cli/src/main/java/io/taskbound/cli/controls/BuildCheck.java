// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.controls;

import io.taskbound.json.JsonText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Run at the end of {@code mvn verify}: fails the build where a claim of {@code docs/controls.yaml} was not proven by
 * it, and writes down what proved it.
 *
 * <p>Arguments: the folder of the sources, when the build began (ISO 8601), the version, the file to write, and what
 * narrows the tests of this build: {@code name=value} each, with an empty or unresolved value where nothing does.
 */
final class BuildCheck {
    private final Path root;
    private final Instant began;
    private final String version;
    private final PrintStream out;

    private BuildCheck(Path root, Instant began, String version, PrintStream out) {
        this.root = root;
        this.began = began;
        this.version = version;
        this.out = out;
    }

    public static void main(String[] args) throws IOException {
        var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.exit(run(out, args));
    }

    /** Returns the exit code. */
    static int run(PrintStream out, String... args) throws IOException {
        var check = new BuildCheck(Path.of(args[0]), Instant.parse(args[1]), args[2], out);
        return check.check(Path.of(args[3]), narrowing(List.of(args).subList(4, args.length)));
    }

    private static Optional<String> narrowing(List<String> settings) {
        return settings.stream()
                .map(setting -> setting.split("=", 2))
                .filter(pair -> !pair[1].isEmpty() && !pair[1].startsWith("${") && !pair[1].equals("false"))
                .map(pair -> "-D" + pair[0] + "=" + pair[1])
                .findFirst();
    }

    private int check(Path file, Optional<String> narrowing) throws IOException {
        out.println("Controls (docs/controls.md):");
        var controls = Controls.built();
        var reports = Reports.read(root, began);
        Files.deleteIfExists(file);
        if (narrowing.isPresent() || !reports.missingModules().isEmpty()) {
            out.println("  NOT CHECKED  this build ran a part of the tests: "
                    + narrowing.orElseGet(() -> "none of " + String.join(", ", reports.missingModules())));
            return 0;
        }
        var proof = reports.proof(version, controls.controls()).orElseThrow();
        var gaps = controls.controls().stream()
                .flatMap(control -> proof.gaps(control).stream())
                .toList();
        if (!controls.faults().isEmpty() || !gaps.isEmpty()) {
            controls.faults().forEach(fault -> out.println("  FAULT        " + fault));
            gaps.forEach(gap -> out.println("  NOT PROVEN   " + gap));
            out.println("  Mend the test, or what docs/controls.yaml says of it.");
            return 1;
        }
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, JsonText.of(proof.json()) + "\n");
        long claims = controls.controls().stream()
                .filter(control -> control.claim().isPresent())
                .count();
        out.println("  proven       " + claims + " of " + ControlsReport.counted(claims));
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.local.OwnPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/spring.md, typed as it stands: the service is built by its own POM, in a copy of this checkout. */
@Tag("long")
class SpringPageIT {
    private static final long LONGEST_BUILD_SECONDS = 600;

    @TempDir
    private Path folder;

    @Test
    void answersAGrantedASpentAClosedAndAForeignToken() throws Exception {
        for (var program : List.of("mvn", "git", "tar", "curl", "sha256sum")) {
            assumeTrue(Program.isInstalled(program), program + " is not installed");
        }
        int issuer = OwnPort.find();
        int service = OwnPort.find();
        var trial = Trial.of("spring.md", "Try it", folder);
        var blocks = trial.blocks().stream()
                .map(block ->
                        block.replace("8787", Integer.toString(issuer)).replace("8080", Integer.toString(service)))
                .toList();
        assertThat(blocks).hasSize(4);
        var building = blocks.get(0).split("\n", 2);
        var checkout = copyOfThisCheckout();
        build(checkout, building[0]);
        Files.createDirectories(folder.resolve("docs/examples"));
        Files.createSymbolicLink(folder.resolve("docs/examples/spring"), checkout.resolve("docs/examples/spring"));

        try (var terminals = new Terminals(folder)) {
            terminals.type(building[1], issuer, "tasks: sign-release");
            var log = terminals.type(blocks.get(1).strip() + " --server.port=" + service, service, "Started");
            assertAnswersAsThePageSays(blocks.get(3), trial.sh("", blocks.get(2) + blocks.get(3)));
            assertThat(Files.readString(log))
                    .doesNotContain(Files.readString(folder.resolve(".taskbound/spring/granted.token"))
                            .strip());
        }
    }

    private static void assertAnswersAsThePageSays(String lines, String typed) {
        var wanted = lines.lines()
                .filter(line -> line.contains("# "))
                .map(line -> line.replaceAll(".*# ", "").replaceAll(":.*", ""))
                .toList();
        assertThat(wanted).containsExactly("200", "signed app.jar, 9 bytes", "401", "401", "403");
        assertThat(typed.lines().filter(line -> line.matches("\\d{3}|signed .*")))
                .containsExactlyElementsOf(wanted);
    }

    private Path copyOfThisCheckout() throws Exception {
        var copy = Files.createDirectory(folder.resolve("checkout"));
        var lines = "cd \"$FROM\"; git ls-files -z --cached --others --exclude-standard"
                + " | tar --null --ignore-failed-read -T - -cf - | tar -xf - -C \"$TO\"";
        Program.run(
                folder,
                Map.of("FROM", Trial.ROOT.toAbsolutePath().toString(), "TO", copy.toString()),
                "",
                List.of("sh", "-ec", lines));
        return copy;
    }

    private void build(Path checkout, String line) throws Exception {
        var said = folder.resolve("built.txt");
        var process = new ProcessBuilder("sh", "-ec", line)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        boolean ended = process.waitFor(LONGEST_BUILD_SECONDS, TimeUnit.SECONDS);
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        assertThat(ended).as("%s ends", line).isTrue();
        assertThat(process.exitValue())
                .as("%s said %s", line, Files.readString(said))
                .isZero();
    }
}

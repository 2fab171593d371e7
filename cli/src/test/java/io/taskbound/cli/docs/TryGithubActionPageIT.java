// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.taskbound.cli.TaskboundProcess;
import io.taskbound.local.OwnPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/try-github-action.md, typed as it stands, but for the port and the folder of the issuer; act runs the workflow.
 */
@Tag("long")
class TryGithubActionPageIT {
    private static final String ACT = System.getenv().getOrDefault("ACT", "act");
    private static final String WORKFLOW = "docs/examples/github/try-with-act.yml";
    private static final Pattern TEXT = Pattern.compile("(?s)```text\\n(.*?)```");
    private static final Pattern REQUEST = Pattern.compile("policy explain --request-id ([A-Z0-9]+)");

    @TempDir
    private Path folder;

    /** Outside of what act copies. */
    @TempDir
    private Path home;

    private final int port = OwnPort.find();
    private Trial trial;
    private List<List<String>> printed;

    TryGithubActionPageIT() throws IOException {}

    @BeforeEach
    void makeACheckout() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(ACT)) || Program.isInstalled(ACT), "NOT RUN: act is not installed");
        for (var program : List.of("node", "curl", "cp")) {
            assumeTrue(Program.isInstalled(program), "NOT RUN: " + program + " is not installed");
        }
        trial = Trial.of("try-github-action.md", "Try it", folder);
        assertThat(trial.blocks()).hasSize(4);
        var page = Files.readString(Trial.ROOT.resolve("docs/try-github-action.md"));
        printed = TEXT.matcher(page)
                .results()
                .map(block -> block.group(1)
                        .replace("8787", Integer.toString(port))
                        .lines()
                        .toList())
                .toList();
        Files.createDirectories(folder.resolve(WORKFLOW).getParent());
        Files.writeString(
                folder.resolve(WORKFLOW),
                Files.readString(Trial.ROOT.resolve(WORKFLOW)).replace("8787", Integer.toString(port)));
        var action = Files.createDirectory(folder.resolve("github-action"));
        Program.run(
                folder,
                Map.of("FROM", Trial.ROOT.resolve("github-action").toString(), "TO", action.toString()),
                "",
                List.of("sh", "-ec", "cp -R \"$FROM/action.yml\" \"$FROM/dist\" \"$TO\""));
        Files.copy(Trial.ROOT.resolve(".gitignore"), folder.resolve(".gitignore"));
    }

    @Test
    void aStepDeploysAForkIsRefusedAndADeadIssuerGivesNoToken() throws Exception {
        for (int round = 1; round <= 2; round++) {
            try (var issuer = start()) {
                assertThat(issuer.awaitUrl()).endsWith(":" + port);
                assertThat(act("", trial.blocks().get(1))).matches(said(printed.get(0)));

                var refused = act("! ", trial.blocks().get(2));
                assertThat(refused).matches(said(printed.get(1))).doesNotContain("| deployed");
                var request = REQUEST.matcher(refused);
                assertThat(request.find()).isTrue();
                assertThat(trial.sh("", "! " + trial.blocks().get(3).replace("REQUEST_ID", request.group(1))))
                        .contains("repository_id is \"6666\", not \"2002\"");
                issuer.terminate();
            }
            assertThat(act("! ", trial.blocks().get(1)))
                    .contains("no ID token: id-token-command ended with exit code 7", "the command was not run")
                    .doesNotContain("granted");
        }
    }

    private TaskboundProcess start() throws IOException {
        var words = trial.blocks()
                .get(0)
                .strip()
                .replace(" .taskbound", " " + folder.resolve(".taskbound"))
                .split(" ");
        var more = Stream.of("--port", Integer.toString(port));
        return TaskboundProcess.start(
                Stream.concat(Stream.of(words).skip(1), more).toArray(String[]::new));
    }

    private String act(String before, String line) throws Exception {
        var homes = "export HOME='" + home + "' XDG_CACHE_HOME='" + home.resolve("cache") + "'\n";
        return trial.sh("", homes + before + line.replace("act push", ACT + " push"));
    }

    /** Has these lines in this order, whatever stands between them; the dots stand for anything. */
    private static Pattern said(List<String> lines) {
        var form = new StringBuilder("(?s).*");
        for (var line : lines) {
            for (var part : line.split("…", -1)) {
                form.append(Pattern.quote(part)).append("[^\\n]*?");
            }
            form.append("\\n.*");
        }
        return Pattern.compile(form.toString());
    }
}

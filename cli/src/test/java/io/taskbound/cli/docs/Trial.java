// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskbound.cli.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** A section of a page that the reader is asked to type, in a folder that stands for a checkout. */
final class Trial {
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));

    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");

    private final Path folder;
    private final List<String> blocks;

    private Trial(Path folder, List<String> blocks) {
        this.folder = folder;
        this.blocks = blocks;
    }

    /**
     * @param heading of the section, which ends at the next heading
     * @param folder gets the command line as {@code taskbound}, and {@code contract}
     */
    static Trial of(String page, String heading, Path folder) throws IOException {
        var section = Files.readString(ROOT.resolve("docs").resolve(page))
                .split("\n#+ " + Pattern.quote(heading) + "\n", 2)[1]
                .split("\n#+ ", 2)[0];
        var script = Files.writeString(
                folder.resolve("taskbound"),
                "#!/bin/sh\nexec '" + String.join("' '", ChildJvm.taskbound()) + "' \"$@\"\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        Files.createSymbolicLink(
                folder.resolve("contract"), ROOT.resolve("contract").toAbsolutePath());
        return new Trial(
                folder,
                BLOCK.matcher(section).results().map(block -> block.group(1)).toList());
    }

    /** The lines for a shell, a block for each. */
    List<String> blocks() {
        return blocks;
    }

    /** Types lines into one shell, against an issuer at another port; fails where one of them fails. */
    String sh(String url, String lines) throws Exception {
        return Program.run(folder, Map.of(), "", List.of("sh", "-ec", lines.replace("http://127.0.0.1:8787", url)));
    }
}

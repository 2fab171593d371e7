// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** Python with the packages of {@code local/aws-server}, below {@code target/}. Made by {@link #installed}. */
final class AwsTools {
    private final Path scripts;
    private final Path folder;

    private AwsTools(Path root) {
        this.scripts = root.resolve("local").resolve("aws-server");
        this.folder = root.resolve("target").resolve("aws-server");
    }

    /** Installs them where that was not done yet. One at a time, since a process cannot wait for a lock of its own. */
    static synchronized AwsTools installed(Path root) throws AwsServer.Unavailable {
        var tools = new AwsTools(root);
        try {
            Files.createDirectories(tools.folder);
            // Several builds may share the folder.
            try (var channel = FileChannel.open(
                            tools.folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var alone = channel.lock()) {
                assert alone.isValid();
                tools.install();
            }
            return tools;
        } catch (IOException noShell) {
            throw new AwsServer.Unavailable("local/aws-server/install cannot be run here");
        }
    }

    private void install() throws IOException, AwsServer.Unavailable {
        var install = new ProcessBuilder("bash", scripts.resolve("install").toString(), folder.toString())
                .redirectErrorStream(true)
                .start();
        try (var words = install.inputReader(StandardCharsets.UTF_8)) {
            var said = words.lines().toList();
            if (install.waitFor() != 0) {
                throw new AwsServer.Unavailable(String.join(" ", said));
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new AwsServer.Unavailable("interrupted");
        }
    }

    /** One of the folder's scripts; what it complains about goes to {@link #complaints}. */
    Process python(String script, List<String> arguments) throws IOException {
        var command = Stream.concat(
                Stream.of(
                        folder.resolve("venv/bin/python").toString(),
                        scripts.resolve(script).toString()),
                arguments.stream());
        var builder = new ProcessBuilder(command.toList())
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(complaints(script).toFile()));
        // What Python compiles is kept, and not in the source tree.
        builder.environment()
                .put("PYTHONPYCACHEPREFIX", folder.resolve("pycache").toString());
        return builder.start();
    }

    /** One of the programs that the packages bring. */
    ProcessBuilder command(String program, List<String> arguments) {
        var path = folder.resolve("venv").resolve("bin").resolve(program).toString();
        return new ProcessBuilder(
                Stream.concat(Stream.of(path), arguments.stream()).toList());
    }

    Path complaints(String script) {
        return folder.resolve(script + ".log");
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** One run of {@code infra/probe/run} and what it printed: its word on each check, by the check's name. */
record ProbeRun(int exit, String output, Map<String, String> words) {
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("taskbound.root"), "taskbound.root"));
    private static final Pattern LINE = Pattern.compile("(?m)^(PASS|FAIL|NOT RUN) +([a-z0-9-]+) ");
    private static final int LONGEST_SECONDS = 240;

    static Process start(Path folder, Map<String, String> environment, List<String> options) throws IOException {
        var command =
                new ArrayList<>(List.of("sh", ROOT.resolve("infra/probe/run").toString()));
        command.addAll(options);
        return start(folder, environment, command.toArray(String[]::new));
    }

    static Process start(Path folder, Map<String, String> environment, String... command) throws IOException {
        var builder = new ProcessBuilder(command)
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("TASKBOUND_") || name.startsWith("ACTIONS_"));
        builder.environment()
                .put("TMPDIR", Files.createDirectories(folder.resolve("tmp")).toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    static ProbeRun of(Path folder, Map<String, String> environment, List<String> options)
            throws IOException, InterruptedException {
        return ended(start(folder, environment, options), folder);
    }

    static ProbeRun ended(Process process, Path folder) throws IOException, InterruptedException {
        boolean ended = process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS);
        process.destroyForcibly();
        var output = Files.readString(folder.resolve("output"));
        assertThat(ended).as(output).isTrue();
        var words = new LinkedHashMap<String, String>();
        LINE.matcher(output).results().forEach(line -> words.put(line.group(2), line.group(1)));
        return new ProbeRun(process.exitValue(), output, words);
    }

    /** The checks of which it says this. */
    List<String> said(String word) {
        return words.entrySet().stream()
                .filter(check -> check.getValue().equals(word))
                .map(Map.Entry::getKey)
                .toList();
    }
}

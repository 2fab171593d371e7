// SPDX-License-Identifier: Apache-2.0
package io.taskbound.local.github;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Bare repositories in a folder, changed by the git of this machine; no configuration of its user is read. */
final class GitFolder implements AutoCloseable {
    static final String BRANCH = "main";
    private static final int MAX_SECONDS = 60;

    private final Path root;

    GitFolder() {
        try {
            root = Files.createTempDirectory("stand-in-github");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path root() {
        return root;
    }

    /** Where its bare repository is: made when it is first asked for, with one commit on {@value #BRANCH}. */
    synchronized Path folder(Repository repository) {
        var folder = root.resolve(Long.toString(repository.id()));
        if (!Files.exists(folder)) {
            git(root, "init", "--quiet", "--bare", "--initial-branch=" + BRANCH, folder.toString());
            git(folder, "config", "http.receivepack", "true");
            commit(folder, "README.md", (repository.fullName() + "\n").getBytes(UTF_8), "First commit");
        }
        return folder;
    }

    /** What a file holds at the tip of a branch. */
    Optional<byte[]> file(Repository repository, String branch, String path) {
        var folder = folder(repository);
        return blob(repository, branch, path)
                .map(id -> run(folder, Map.of(), new byte[0], List.of("cat-file", "blob", id)));
    }

    /** The id of a file's content. */
    Optional<String> blob(Repository repository, String branch, String path) {
        var line = git(folder(repository), "ls-tree", "refs/heads/" + branch, "--", path);
        var parts = line.split("[ \t]", 4);
        return parts.length == 4 && parts[1].equals("blob") ? Optional.of(parts[2]) : Optional.empty();
    }

    /** The commit at the tip of a branch. */
    Optional<String> tip(Repository repository, String branch) {
        return tip(folder(repository), branch);
    }

    private static Optional<String> tip(Path folder, String branch) {
        var id = git(folder, "for-each-ref", "--format=%(objectname)", "refs/heads/" + branch);
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    /** Puts a file at the tip of {@value #BRANCH}; returns the id of the new commit. */
    String commit(Repository repository, String path, byte[] content, String message) {
        return commit(folder(repository), path, content, message);
    }

    private static String commit(Path folder, String path, byte[] content, String message) {
        var index = Map.of(
                "GIT_INDEX_FILE",
                folder.resolve("index." + Thread.currentThread().getId()).toString());
        var before = tip(folder, BRANCH);
        var blob = text(run(folder, Map.of(), content, List.of("hash-object", "-w", "--stdin")));
        before.ifPresent(commit -> run(folder, index, new byte[0], List.of("read-tree", commit)));
        run(folder, index, new byte[0], List.of("update-index", "--add", "--cacheinfo", "100644," + blob + "," + path));
        var tree = text(run(folder, index, new byte[0], List.of("write-tree")));
        var commit = new ArrayList<>(List.of("commit-tree", tree, "-m", message));
        before.ifPresent(parent -> commit.addAll(List.of("-p", parent)));
        var id = text(run(folder, Map.of(), new byte[0], commit));
        git(folder, "update-ref", "refs/heads/" + BRANCH, id);
        return id;
    }

    private static String git(Path folder, String... arguments) {
        return text(run(folder, Map.of(), new byte[0], List.of(arguments)));
    }

    private static String text(byte[] said) {
        return new String(said, UTF_8).strip();
    }

    private static byte[] run(Path folder, Map<String, String> more, byte[] input, List<String> arguments) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(arguments);
        var builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.DISCARD);
        alone(builder.environment(), folder);
        builder.environment().putAll(more);
        try {
            var process = builder.start();
            try (var in = process.getOutputStream()) {
                in.write(input);
            }
            var said = process.getInputStream().readAllBytes();
            if (!process.waitFor(MAX_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("git " + arguments.get(0) + " failed");
            }
            return said;
        } catch (IOException e) {
            throw new UncheckedIOException("git cannot be run", e);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while git ran", stop);
        }
    }

    /** Nothing of whoever runs this. */
    static void alone(Map<String, String> environment, Path home) {
        var path = Optional.ofNullable(environment.get("PATH"));
        environment.clear();
        path.ifPresent(folders -> environment.put("PATH", folders));
        environment.put("HOME", home.toString());
        environment.put("GIT_CONFIG_NOSYSTEM", "1");
        environment.put("GIT_CONFIG_GLOBAL", "/dev/null");
        for (var who : List.of("AUTHOR", "COMMITTER")) {
            environment.put("GIT_" + who + "_NAME", "stand-in");
            environment.put("GIT_" + who + "_EMAIL", "stand-in@example.com");
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(root)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException stays) {
            // A temporary folder; a git that still ran may have written into it.
        }
    }
}

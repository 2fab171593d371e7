// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.apps.AppKeyFolder;
import io.taskbound.cli.hooks.HookFolder;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.github.AppKeys;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;

/**
 * The folder of {@code serve --data}: signing key, ledger and audit log of one issuer. Held by at most one process at a
 * time, by a lock that the system takes back when the process dies, however it dies.
 */
final class DataFolder implements AutoCloseable {
    private final Path folder;
    private final FileChannel lock;

    private DataFolder(Path folder, FileChannel lock) {
        this.folder = folder;
        this.lock = lock;
    }

    static DataFolder open(Path folder) throws Complaint {
        try {
            PrivateFile.folder(folder);
            var lock = PrivateFile.lockFile(folder.resolve("lock"));
            if (isTaken(lock)) {
                lock.close();
                throw Complaint.refused(
                        "Another `taskbound serve` is using " + folder + ".",
                        "Stop it, or name another folder with --data.");
            }
            return new DataFolder(folder, lock);
        } catch (IOException e) {
            throw Complaint.refused(
                    "The data folder " + folder + " cannot be used: " + reason(e) + ".",
                    "Name a folder that you may write to with --data.");
        }
    }

    Path signingKey() {
        return folder.resolve("signing-key.json");
    }

    /** What seals foreign credentials. */
    Path credentialKey() {
        return folder.resolve("credential-key");
    }

    Path ledger() {
        return folder.resolve("ledger");
    }

    Path audit() {
        return folder.resolve("audit.jsonl");
    }

    HookFolder hooks() {
        return new HookFolder(folder);
    }

    /** The keys of GitHub Apps that {@code taskbound keys import-github-app} has put there. */
    AppKeys appKeys() {
        return new AppKeyFolder(folder);
    }

    Path dev() {
        return folder.resolve("dev");
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static boolean isTaken(FileChannel lock) throws IOException {
        try {
            return lock.tryLock() == null;
        } catch (OverlappingFileLockException sameProcess) {
            return true;
        }
    }

    private static String reason(IOException fault) {
        return FileTrouble.words(fault);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.serve;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.PrivateFile;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;

/** The audit log of a local issuer: one JSON line a decision, appended; the file is 0600 when it is made here. */
final class AuditFile implements Consumer<String>, AutoCloseable {
    private final OutputStream file;

    private AuditFile(OutputStream file) {
        this.file = file;
    }

    static AuditFile open(Path path) throws Complaint {
        try {
            return new AuditFile(PrivateFile.append(path));
        } catch (IOException e) {
            throw Complaint.refused(
                    "The audit log " + path + " cannot be written: " + FileTrouble.words(e) + ".",
                    "Name a file that you may write to with --audit.");
        }
    }

    /** One write for the whole line: a kill leaves no half line before a whole one. */
    @Override
    public synchronized void accept(String line) {
        try {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log cannot be written", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.demo;

import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The issuer's audit log, which the story reads as the policy's owner would: in a file, and as it grows. */
public final class AuditTail implements Consumer<String>, AutoCloseable {
    private final Path path;
    private final OutputStream file;
    private final List<JsonObject> lines = new ArrayList<>();

    private AuditTail(Path path, OutputStream file) {
        this.path = path;
        this.file = file;
    }

    public static AuditTail at(Path path) throws IOException {
        return new AuditTail(path, PrivateFile.append(path));
    }

    Path path() {
        return path;
    }

    @Override
    public synchronized void accept(String line) {
        try {
            file.write((line + "\n").getBytes(StandardCharsets.UTF_8));
            lines.add(StrictJson.parseObject(line.getBytes(StandardCharsets.UTF_8)));
            notifyAll();
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's audit log cannot be written", e);
        } catch (MalformedJson e) {
            throw new IllegalStateException("an audit line is not JSON", e);
        }
    }

    /** The last decision of this kind. */
    public synchronized Optional<JsonObject> last(String event) {
        return lines.stream()
                .filter(line -> line.string("event").equals(Optional.of(event)))
                .reduce((earlier, later) -> later);
    }

    /** Waits until there is such a decision; false when there is none in time. */
    public synchronized boolean await(Predicate<JsonObject> wanted, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (lines.stream().noneMatch(wanted)) {
            long leftMillis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (leftMillis <= 0) {
                return false;
            }
            wait(leftMillis);
        }
        return true;
    }

    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}

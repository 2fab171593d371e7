// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.client.step.StepReceipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The file for a step's receipt. The step is over: whatever goes wrong here is a warning, and no more. */
final class ReceiptFile {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    /** After a signal, whoever sent it will not wait long. */
    private static final Duration AFTER_SIGNAL = Duration.ofSeconds(2);

    private final Path file;
    private final StepLog log;

    ReceiptFile(Path file, StepLog log) {
        this.file = file;
        this.log = log;
    }

    /** Waits for the answer, no longer than there is time for it, and writes the receipt. */
    void write(CompletableFuture<StepReceipt> asked, boolean stopping) {
        try {
            asked.get((stopping ? AFTER_SIGNAL : PATIENCE).toMillis(), TimeUnit.MILLISECONDS)
                    .<Runnable>match(
                            verified -> () -> write(verified.envelope()), missing -> () -> missed(missing.why()))
                    .run();
        } catch (TimeoutException tooLate) {
            missed("no answer came in time");
        } catch (ExecutionException broken) {
            missed("asking for it broke off");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            missed("interrupted");
        }
    }

    private void write(String envelope) {
        try {
            Files.writeString(file, envelope + "\n");
            log.note("taskbound: the receipt is in " + file);
        } catch (IOException e) {
            missed(FileTrouble.words(e));
        }
    }

    private void missed(String why) {
        log.warn("taskbound: no receipt in " + file + ": " + why + "; the step is as it was");
    }
}

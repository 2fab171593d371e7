// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.policy.Policy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A policy that is asked, being read beside whatever else the command does: most of what a question takes is the
 * reading. Its warnings are for {@code policy check}; its errors are told, and end the command.
 */
public final class AskedPolicy {
    private final Path path;
    private final CompletableFuture<Loaded> reading;

    private AskedPolicy(Path path) {
        this.path = path;
        this.reading = CompletableFuture.supplyAsync(() -> PolicyFiles.loadWithoutWarnings(path));
    }

    /** Begins to read it. Whatever is wrong with it is told by {@link #get}. */
    public static AskedPolicy begin(Path path) {
        return new AskedPolicy(path);
    }

    public static Policy read(Path path, CommandContext context) throws Complaint {
        return checked(path, () -> PolicyFiles.loadWithoutWarnings(path), context);
    }

    /** Waits until it is read. */
    public Policy get(CommandContext context) throws Complaint {
        return checked(path, reading::join, context);
    }

    private static Policy checked(Path path, Supplier<Loaded> loaded, CommandContext context) throws Complaint {
        if (!Files.exists(path)) {
            throw Complaint.usage("There is no " + path + ".", "Name a policy file, or a folder of them.");
        }
        return loaded.get()
                .match(ok -> Optional.of(ok.policy()), faulty -> tell(faulty, context))
                .orElseThrow(() -> Complaint.refused(
                        "The policy " + path + " is invalid, so it allows nothing.", "Correct the faults above."));
    }

    private static Optional<Policy> tell(Loaded.Faulty faulty, CommandContext context) {
        FaultLines.of(faulty.faults()).forEach(context::warn);
        return Optional.empty();
    }
}

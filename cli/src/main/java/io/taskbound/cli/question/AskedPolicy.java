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

/**
 * Reads the policy that is asked. Its warnings are for {@code policy check}; its errors are told, and end the command.
 */
public final class AskedPolicy {
    private AskedPolicy() {}

    public static Policy read(Path path, CommandContext context) throws Complaint {
        if (!Files.exists(path)) {
            throw Complaint.usage("There is no " + path + ".", "Name a policy file, or a folder of them.");
        }
        return PolicyFiles.load(path)
                .match(ok -> Optional.of(ok.policy()), faulty -> tell(faulty, context))
                .orElseThrow(() -> Complaint.refused(
                        "The policy " + path + " is invalid, so it allows nothing.", "Correct the faults above."));
    }

    private static Optional<Policy> tell(Loaded.Faulty faulty, CommandContext context) {
        FaultLines.of(faulty.faults()).forEach(context::warn);
        return Optional.empty();
    }
}

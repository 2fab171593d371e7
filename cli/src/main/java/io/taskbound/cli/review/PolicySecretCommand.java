// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.task.ServerName;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code policy secret}: a resource server's new secret into a file of its own, its hash for the policy. */
@Command(
        name = "secret",
        header = "Make a resource server's secret, and its hash for the policy.",
        description = {
            "",
            "The secret is 32 random bytes in base64url. It goes to a file that only you can read or, with"
                    + " --print, to stdout for a secret store; the policy holds only its SHA-256. Two hashes may be"
                    + " active, so that a secret can be replaced without a gap."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound policy secret signer --out signer.secret"})
public final class PolicySecretCommand implements Callable<Integer> {
    private final CommandContext context;

    @Parameters(paramLabel = "NAME", description = "The resource server's name in the policy.")
    private String name = "";

    @Option(names = "--out", paramLabel = "FILE", description = "Where the secret goes (default: NAME.secret).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--print", description = "Print only the secret to stdout; write no file.")
    private boolean print;

    public PolicySecretCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (!ServerName.isValid(name)) {
            throw Complaint.usage(
                    "\"" + name + "\" is not the name of a resource server.",
                    "Use 1 to 32 characters from a-z," + " 0-9 and -.");
        }
        var secret = ServerSecret.random();
        if (print) {
            context.out().print(secret.reveal());
            context.out().flush();
            explain(secret, context.err());
        } else {
            var file = out.orElse(Path.of(name + ".secret"));
            write(secret, file);
            context.say("The secret of " + name + " is in " + file + ", for its owner only.");
            explain(secret, context.out());
        }
        return 0;
    }

    private void explain(ServerSecret secret, java.io.PrintStream to) {
        to.println("In the policy:");
        to.println();
        to.println("resource_servers:");
        to.println("  " + name + ":");
        to.println("    client_secret_hashes: [\"" + secret.hash() + "\"]");
    }

    private static void write(ServerSecret secret, Path file) throws Complaint {
        try {
            PrivateFile.writeNew(file, secret.reveal());
        } catch (FileAlreadyExistsException there) {
            throw Complaint.refused(
                    file + " exists, and a secret that is in use must not be lost.", "Name another file with --out.");
        } catch (IOException e) {
            throw Complaint.refused(
                    file + " cannot be written: " + FileTrouble.words(e) + ".", "Name another file with --out.");
        }
    }
}

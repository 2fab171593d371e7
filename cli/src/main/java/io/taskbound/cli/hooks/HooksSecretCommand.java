// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.hooks;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.FileTrouble;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.cli.terminal.SecretInput;
import io.taskbound.cli.terminal.ServerSecret;
import io.taskbound.task.HookName;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hooks secret}: one more secret of a hook, kept for the issuer and in a file for the CI system. */
@Command(
        name = "secret",
        header = "Make a secret of a hook, or take the one that the CI system made.",
        description = {
            "",
            "The secret is 32 random bytes in base64url. The issuer's table gets it sealed by KMS. You get it once, in"
                    + " a file that only you can read or, with --print, on stdout: paste it into the CI system. Two may"
                    + " be active, so that a secret can be replaced without a gap. Buildkite makes the secret itself:"
                    + " hand that over with --from.",
            "",
            "Issuers know the secret within 10 s, a `taskbound serve` at once."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound hooks secret acme --stack taskbound --out acme.secret",
            "  taskbound hooks secret acme --data DIR",
            "  taskbound hooks secret builds --from token.txt --stack taskbound"
        })
public final class HooksSecretCommand implements Callable<Integer> {
    /** A shorter one could be guessed. */
    private static final int SHORTEST = 16;

    private static final int LONGEST = 512;
    private static final String STDIN = "-";

    private final CommandContext context;

    @Parameters(paramLabel = "NAME", description = "The hook's name in the policy.")
    private String name = "";

    @Mixin
    private PlaceOptions place = new PlaceOptions();

    @Option(
            names = "--secrets-key",
            paramLabel = "KEY",
            description = "The KMS key that seals it for the table (default: TASKBOUND_SECRETS_KEY).")
    private Optional<String> key = Optional.empty();

    @Option(names = "--out", paramLabel = "FILE", description = "Where the secret goes (default: NAME.hook-secret).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--print", description = "Print only the secret to stdout; write no file.")
    private boolean print;

    @Option(
            names = "--from",
            paramLabel = "FILE",
            description = "Take the secret in this file, or on stdin (-), instead of making one.")
    private Optional<String> from = Optional.empty();

    public HooksSecretCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var hook = HookNames.of(name);
        if (from.isPresent() && (print || out.isPresent())) {
            throw Complaint.usage("With --from you have the secret already.", "Leave out --out and --print.");
        }
        var given = from.isPresent() ? Optional.of(given(from.get())) : Optional.<String>empty();
        try (var secrets = place.open(key, context)) {
            if (given.isPresent()) {
                take(hook, given.get(), secrets);
            } else {
                make(hook, secrets);
            }
        }
        return 0;
    }

    private String given(String source) throws Complaint {
        var text = source.equals(STDIN) ? SecretInput.stdin(context) : SecretInput.file(Path.of(source));
        if (text.length() < SHORTEST || text.length() > LONGEST || !text.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw Complaint.usage(
                    "What is given is not a secret: it must be " + SHORTEST + " to " + LONGEST
                            + " printable ASCII characters without a blank.",
                    "Hand over the secret alone; leave out --from to have a good one made.");
        }
        return text;
    }

    private void take(HookName hook, String secret, SecretsPlace secrets) throws Complaint {
        try {
            tell(hook, secrets.add(hook, secret), context.out());
        } catch (UnknownOutcome unknown) {
            throw unknown.complaint(hook, "Otherwise run this command again.");
        }
    }

    private void make(HookName hook, SecretsPlace secrets) throws Complaint {
        var secret = ServerSecret.random();
        if (print) {
            print(hook, secret, secrets);
            return;
        }
        var file = out.orElse(Path.of(name + ".hook-secret"));
        write(secret, file);
        var id = added(hook, secret, file, secrets);
        context.say("The secret is in " + file + ", for its owner only. Paste it into the CI system, then delete the"
                + " file.");
        tell(hook, id, context.out());
    }

    private void print(HookName hook, ServerSecret secret, SecretsPlace secrets) throws Complaint {
        try {
            var id = secrets.add(hook, secret.reveal());
            context.out().print(secret.reveal());
            context.out().flush();
            tell(hook, id, context.err());
        } catch (UnknownOutcome unknown) {
            throw unknown.complaint(
                    hook,
                    "It was not printed, so if it is there, retire it by its id with `taskbound hooks retire`;"
                            + " then run this command again.");
        }
    }

    /**
     * First the file, so that no secret is active that nobody has; one that is not active is not left behind. It stays
     * where nobody knows.
     */
    static String added(HookName hook, ServerSecret secret, Path file, SecretsPlace secrets) throws Complaint {
        try {
            return secrets.add(hook, secret.reveal());
        } catch (UnknownOutcome unknown) {
            throw unknown.complaint(
                    hook,
                    "If so, the secret is in " + file + ". Otherwise delete that file and run this command again.");
        } catch (Complaint refused) {
            delete(file);
            throw refused;
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException remains) {
            // What it holds is not in force anywhere; what went wrong before is told.
        }
    }

    private static void tell(HookName hook, String id, PrintStream to) {
        to.println("Secret " + id + " of the hook " + hook + " is active. The CI system's hook calls the issuer's URL"
                + " and /hooks/" + hook + ".");
        to.println("The policy needs an entry " + hook + " under hooks: docs/hooks.md shows one for each CI system.");
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

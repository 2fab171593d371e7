// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.apps;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.cli.terminal.SecretInput;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code keys import-github-app}: gives an issuer the private key of a GitHub App. */
@Command(
        name = "import-github-app",
        header = "Give the issuer the private key of a GitHub App.",
        description = {
            "",
            "FILE is the key as GitHub gave it: PEM, PKCS#1 or PKCS#8, RSA of at least 2048 bits. The table gets it"
                    + " sealed by KMS, and only the issuer's role can open it. With --import-into-kms it becomes a key"
                    + " of KMS, which signs and lets nobody read it; the table gets its ARN. --kms-key names one that"
                    + " is there already.",
            "",
            "An import takes the place of the App's key before; issuers use it within 8 min. Nothing is deleted: the"
                    + " end says what you should delete."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound keys import-github-app FILE.pem --app-id 12345 --stack taskbound",
            "  taskbound keys import-github-app FILE.pem --app-id 12345 --data DIR"
        })
public final class ImportGithubAppCommand implements Callable<Integer> {
    private static final Pattern APP_ID = Pattern.compile("[1-9][0-9]{0,18}");
    private static final String STDIN = "-";

    private final CommandContext context;

    @Parameters(paramLabel = "FILE", description = "The private key; - reads it from stdin.")
    private String file = "";

    @Option(names = "--app-id", required = true, paramLabel = "N", description = "The App's id, from its page.")
    private String appId = "";

    @Mixin
    private KeyPlaceOptions place = new KeyPlaceOptions();

    public ImportGithubAppCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        if (!APP_ID.matcher(appId).matches()) {
            throw Complaint.usage(
                    "An App's id is a number, and this is none: " + Printable.typed(appId) + ".",
                    "The App's page at GitHub shows it as App ID; it is neither the client id nor an installation's.");
        }
        boolean piped = file.equals(STDIN);
        var source = piped ? "stdin" : file;
        var key = AppKey.read(piped ? SecretInput.stdin(context) : SecretInput.file(Path.of(file)), source);
        try (var kept = place.open(context)) {
            var where = kept.keep(appId, key);
            context.say(context.green("Imported") + ". The key of the App " + appId + " is " + where + ".");
        }
        context.say("Its fingerprint is " + key.fingerprint() + ".");
        context.say("");
        context.say("What you should do now:");
        context.say("  1. Delete " + (piped ? "the file that you piped in" : source)
                + " and each copy of it, in CI secrets and password managers too.");
        context.say("  2. At GitHub, on the App's page under Private keys, delete every key with another fingerprint.");
        context.say("  3. Check with a task that needs the App: a missing or wrong key is refused with a sentence that"
                + " says so.");
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.LocalParts;
import io.taskbound.cli.terminal.SecretInput;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dev id-token}: an ID token of the stand-in with any claims, to stdout. */
@Command(
        name = "id-token",
        header = "Print an ID token of the stand-in provider, with the claims of a file.",
        description = {
            "",
            "iss, aud, the times and (where that CI system has one) jti are filled in unless the file has them. Each"
                    + " ID token can be exchanged once."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  taskbound dev id-token --profile github --claims claims.json > id-token.txt"})
public final class DevIdTokenCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = {"--profile", "--provider"},
            required = true,
            paramLabel = "P",
            description = "A provider of the policy, by name or by profile.")
    private String provider = "";

    @Option(names = "--claims", required = true, paramLabel = "FILE", description = "A JSON object.")
    private Path claims = Path.of("");

    @Option(names = "--audience", paramLabel = "A", description = "The audience (default: as the policy wants it).")
    private Optional<String> audience = Optional.empty();

    @Option(
            names = "--txn",
            paramLabel = "UUID",
            description = "The task instance, for CI systems that carry it in the audience (jenkins).")
    private Optional<String> txn = Optional.empty();

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The running `serve --dev` (default: TASKBOUND_ISSUER or http://127.0.0.1:8787).")
    private Optional<String> issuer = Optional.empty();

    public DevIdTokenCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        LocalParts.require("`dev`");
        var client = DevClient.of(issuer, context);
        var wish = new DevWish(Optional.empty(), Optional.of(provider), read(claims), audience, txn);
        context.out().print(client.idToken(wish));
        context.out().flush();
        return 0;
    }

    private static JsonObject read(Path file) throws Complaint {
        try {
            return StrictJson.parseObject(SecretInput.file(file).getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJson e) {
            throw Complaint.usage(
                    file + " is not a JSON object: " + e.getMessage() + ".",
                    "Write the claims like {\"sub\": \"…\", \"repository_id\": \"2002\"}.");
        }
    }
}

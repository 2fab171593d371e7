// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.parts.LocalParts;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
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
        header = "Print an ID token of the stand-in provider: of a run, of a person who approves, or with any claims.",
        description = {
            "",
            "iss, aud, the times and (where that CI system has one) jti are filled in unless the file has them. Each"
                    + " ID token can be exchanged once."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound dev id-token --as github:acme/shop@main --person octocat > id-token.txt",
            "  taskbound approve ID --id-token-command 'taskbound dev id-token --person mona'",
            "  taskbound dev id-token --profile github --claims claims.json > id-token.txt"
        })
public final class DevIdTokenCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--as",
            paramLabel = "CALLER",
            description = "A run: github:OWNER/REPO@BRANCH, gitlab:GROUP/PROJECT@BRANCH or jenkins:JOB/PATH@BUILD; the"
                    + " first part may also be a provider's name in the policy.")
    private Optional<String> as = Optional.empty();

    @Option(
            names = "--person",
            paramLabel = "LOGIN",
            description = "Who started that run on GitHub (default: octocat). Without --as: a person who approves, by"
                    + " starting the workflow approve.yml of acme/shop.")
    private Optional<String> person = Optional.empty();

    @Option(
            names = {"--profile", "--provider"},
            paramLabel = "P",
            description = "A provider of the policy, by name or by profile; with --claims.")
    private Optional<String> provider = Optional.empty();

    @Option(names = "--claims", paramLabel = "FILE", description = "A JSON object, laid over the other claims.")
    private Optional<Path> claims = Optional.empty();

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
        LocalParts.requireStandIn("`dev`");
        var client = DevClient.of(issuer, context);
        requireSomebody();
        var claimed = claims.isPresent() ? read(claims.get()) : JsonObject.EMPTY;
        var wish = new DevWish(as, provider, person, claimed, audience, txn);
        context.out().print(client.idToken(wish));
        context.out().flush();
        return 0;
    }

    private void requireSomebody() throws Complaint {
        boolean isRun = as.isPresent() || person.isPresent();
        if (isRun && provider.isPresent()) {
            throw Complaint.usage(
                    "--profile does not go with --as and --person.", "Name the provider in --as, before the colon.");
        }
        if (!isRun && (provider.isEmpty() || claims.isEmpty())) {
            throw Complaint.usage(
                    "The ID token is nobody's.",
                    "Give --as CALLER, --person LOGIN, or --profile P with --claims FILE.");
        }
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

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.dev;

import io.taskbound.cli.parts.LocalParts;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.PrivateFile;
import io.taskbound.client.GrantedToken;
import io.taskbound.client.IdToken;
import io.taskbound.client.IssuerClient;
import io.taskbound.client.IssuerUrl;
import io.taskbound.client.MintAnswer;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.client.step.RefusalText;
import io.taskbound.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dev token}: a task token as if one were a CI run. */
@Command(
        name = "token",
        header = "Get a task token as if you were a CI run.",
        description = {
            "",
            "Asks the stand-in provider for an ID token of that run and exchanges it. The token goes to stdout"
                    + " or, with --out, to a file that only you can read; the handle goes to stderr."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Example:",
            "  taskbound dev token --as github:acme/shop@main --task deploy --identifier"
                    + " environment:acme/shop/staging --out token.txt"
        })
public final class DevTokenCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--as",
            required = true,
            paramLabel = "CALLER",
            description = "github:OWNER/REPO@BRANCH, gitlab:GROUP/PROJECT@BRANCH or jenkins:JOB/PATH@BUILD; the first"
                    + " part may also be a provider's name in the policy.")
    private String as = "";

    @Option(names = "--task", required = true, paramLabel = "T", description = "The task, as the policy names it.")
    private String task = "";

    @Option(names = "--identifier", required = true, paramLabel = "I", description = "The one target.")
    private String identifier = "";

    @Option(names = "--action", paramLabel = "A", description = "The action, where the task permits several.")
    private Optional<String> action = Optional.empty();

    @Option(names = "--person", paramLabel = "LOGIN", description = "Who started the run on GitHub (default: octocat).")
    private Optional<String> person = Optional.empty();

    @Option(names = "--claim", paramLabel = "NAME=VALUE", description = "Set a claim of the ID token; may repeat.")
    private Map<String, String> claims = new LinkedHashMap<>();

    @Option(names = "--out", paramLabel = "FILE", description = "Write the token to this file (0600).")
    private Optional<Path> out = Optional.empty();

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The running `serve --dev` (default: TASKBOUND_ISSUER or http://127.0.0.1:8787).")
    private Optional<String> issuer = Optional.empty();

    public DevTokenCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        LocalParts.requireStandIn("`dev`");
        var client = DevClient.of(issuer, context);
        var request = TaskRequest.of(new TaskDetail(task, action.stream().toList(), List.of(), identifier));
        var idToken = IdToken.of(client.idToken(wish(request)));
        var url = IssuerUrl.of(client.issuer());
        var issuerClient = IssuerClient.builder(url).clock(context.clock());
        // This very server made it, for whomever its policy says.
        idToken.unverifiedAudiences().forEach(aud -> issuerClient.idTokenAudience(aud.replaceFirst("#.*", "")));
        MintAnswer answer = issuerClient.build().mint(idToken, request);
        if (answer instanceof MintAnswer.Granted granted) {
            hand(granted.token());
            return 0;
        }
        if (answer instanceof MintAnswer.Refused refused) {
            context.warn(RefusalText.of(
                    url, request, idToken, refused, context.clock().instant()));
            return Complaint.REFUSED;
        }
        if (answer instanceof MintAnswer.Pending pending) {
            throw Complaint.refused(
                    "People must approve this task: "
                            + String.join(" or ", pending.approval().approvers()) + ".",
                    "Ask for it with `taskbound run`, which waits for them.");
        }
        throw Complaint.refused(
                "The issuer gave no usable answer: " + outage(answer) + ".", "See what `serve --dev` says.");
    }

    private DevWish wish(TaskRequest request) {
        var overrides = JsonObject.builder();
        claims.forEach(overrides::put);
        return new DevWish(
                Optional.of(as),
                Optional.empty(),
                person,
                overrides.build(),
                Optional.empty(),
                Optional.of(request.txn().toString()));
    }

    private void hand(GrantedToken granted) throws Complaint {
        var token = granted.token().reveal();
        if (out.isEmpty()) {
            context.out().print(token);
            context.out().flush();
        } else {
            write(out.get(), token);
        }
        context.warn("handle " + granted.handle() + ", expires "
                + granted.expiresAt().truncatedTo(ChronoUnit.SECONDS));
    }

    private static void write(Path file, String token) throws Complaint {
        try {
            PrivateFile.write(file, token);
        } catch (IOException unusable) {
            throw Complaint.refused(file + " cannot be written.", "Name another file with --out.");
        }
    }

    private static String outage(MintAnswer answer) {
        return answer instanceof MintAnswer.Unavailable none ? none.outage().sentence() : "unexpected";
    }
}

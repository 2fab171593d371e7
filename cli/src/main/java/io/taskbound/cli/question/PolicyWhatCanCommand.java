// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.policy.PartialCaller;
import io.taskbound.policy.WhatCan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code policy what-can}: what a caller may do of whom only some claims need be known. */
@Command(
        name = "what-can",
        header = "Say what a caller may do.",
        description = {
            "",
            "Give as many of the caller's claims as you know. Each task gets one of three answers: MAY, whatever the"
                    + " other claims are; MAY IF, with what other claims must be; MAY NOT, whatever they are, with the"
                    + " reason. With --id-token-file or --all-claims the claims are all there are, and a claim"
                    + " that is not among them is absent. Nothing is verified here and nothing is granted."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound policy what-can --policy policy.yaml --provider github --project acme/shop",
            "  taskbound policy what-can --policy policy.yaml --id-token-file id-token.txt"
        })
public final class PolicyWhatCanCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--policy",
            paramLabel = "PATH",
            description = "The policy: a YAML file, or a folder of them (default: policy.yaml).")
    private Path path = Path.of("policy.yaml");

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description =
                    "The caller's provider in the policy (default: the one whose issuer is the claims' iss, or the"
                            + " only one).")
    private Optional<String> provider = Optional.empty();

    @Option(names = "--project", paramLabel = "P", description = "The caller's project, such as acme/shop.")
    private Optional<String> project = Optional.empty();

    @Option(names = "--claim", paramLabel = "NAME=TEXT", description = "A claim of the caller, as text; may repeat.")
    private List<String> single = new ArrayList<>();

    @Option(names = "--claims", paramLabel = "FILE", description = "Claims of the caller: a JSON object.")
    private Optional<Path> claims = Optional.empty();

    @Option(names = "--id-token-file", paramLabel = "FILE", description = "The caller's claims, in an ID token.")
    private Optional<Path> idToken = Optional.empty();

    @Option(names = "--all-claims", description = "The claims are all that the caller has.")
    private boolean all;

    @Option(names = "--task", paramLabel = "T", description = "Only this task.")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Say how change windows stand at this time, such as 2026-12-05T22:30:00Z (default: now).")
    private Optional<String> at = Optional.empty();

    @Option(names = "--json", description = "Print the answer as one JSON object, for tools.")
    private boolean json;

    public PolicyWhatCanCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var policy = AskedPolicy.read(path, context);
        var given = new GivenClaims(claims, idToken, single, project);
        var from = given.provider(policy, provider);
        var known = given.claims(from);
        if (task.isPresent()) {
            Known.name(
                    "task",
                    task.get(),
                    policy.tasks().stream().map(one -> one.name().value()).toList());
        }
        var answers = WhatCan.of(policy, caller(from, known)).stream()
                .filter(answer -> task.isEmpty() || answer.task().value().equals(task.get()))
                .toList();
        var words = new WhatCanWords(from.name(), known, AskedTime.of(at, context));
        if (json) {
            context.say(JsonLine.of(words.json(answers)));
        } else {
            context.say(words.lines(answers));
        }
        return 0;
    }

    private PartialCaller caller(Provider from, JsonObject known) throws Complaint {
        try {
            return new PartialCaller(from, known, all || idToken.isPresent());
        } catch (IllegalArgumentException e) {
            throw Complaint.usage(
                    "These claims are not those of a caller: " + e.getMessage() + ".",
                    "Give sub as text, or without --all-claims leave it out.");
        }
    }
}

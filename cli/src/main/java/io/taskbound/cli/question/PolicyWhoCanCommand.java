// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.question;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.Printable;
import io.taskbound.policy.Policy;
import io.taskbound.policy.Spelling;
import io.taskbound.policy.WhoCan;
import io.taskbound.task.Identifier;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code policy who-can}: every caller that a policy lets do one action on one target. */
@Command(
        name = "who-can",
        header = "Say who may do an action on a target.",
        description = {
            "",
            "Names each rule that permits it: what the claims of a caller's ID token must be, what its project must be"
                    + " where the target is made of it, and the task's limits, change windows and approvals. Anyone not"
                    + " named here is refused. Exit code 0 if anybody may, 1 if nobody may."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Example:",
            "  taskbound policy who-can --policy policy.yaml --action deploy --identifier environment:acme/shop/production"
        })
public final class PolicyWhoCanCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(
            names = "--policy",
            paramLabel = "PATH",
            description = "The policy: a YAML file, or a folder of them (default: policy.yaml).")
    private Path path = Path.of("policy.yaml");

    @Option(names = "--action", paramLabel = "A", required = true, description = "The action.")
    private String action = "";

    @Option(names = "--identifier", paramLabel = "I", required = true, description = "The target, in full.")
    private String identifier = "";

    @Option(names = "--server", paramLabel = "S", description = "Only at this resource server.")
    private Optional<String> server = Optional.empty();

    @Option(names = "--task", paramLabel = "T", description = "Only by this task.")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "Say how change windows stand at this time, such as 2026-12-05T22:30:00Z (default: now).")
    private Optional<String> at = Optional.empty();

    @Option(names = "--json", description = "Print the answer as one JSON object, for tools.")
    private boolean json;

    public PolicyWhoCanCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var policy = AskedPolicy.read(path, context);
        var question = new WhoCan.Question(action, target(), server(policy), task(policy));
        var answers = WhoCan.of(policy, question).stream()
                .map(permitted -> new Answer(permitted, question))
                .toList();
        var words = new WhoCanWords(question, AskedTime.of(at, context));
        if (json) {
            context.say(JsonLine.of(words.json(answers)));
        } else {
            context.say(words.lines(answers));
            if (answers.isEmpty()) {
                misspelt(policy).ifPresent(context::say);
            }
        }
        return answers.stream().anyMatch(Answer::isDeliverable) ? 0 : Complaint.REFUSED;
    }

    private Identifier target() throws Complaint {
        var fault = Identifier.fault(identifier);
        if (fault.isPresent()) {
            throw Complaint.usage(
                    "The identifier " + Printable.typed(identifier) + " " + fault.get() + ".",
                    "It must be one concrete target: " + Identifier.RULE + ".");
        }
        return new Identifier(identifier);
    }

    private Optional<ServerName> server(Policy policy) throws Complaint {
        var known = policy.servers().stream().map(found -> found.name().value()).toList();
        return server.isEmpty()
                ? Optional.empty()
                : Optional.of(new ServerName(Known.name("resource server", server.get(), known)));
    }

    private Optional<TaskName> task(Policy policy) throws Complaint {
        var known = policy.tasks().stream().map(found -> found.name().value()).toList();
        return task.isEmpty() ? Optional.empty() : Optional.of(new TaskName(Known.name("task", task.get(), known)));
    }

    private Optional<String> misspelt(Policy policy) {
        var known = WhoCan.actions(policy);
        return known.contains(action)
                ? Optional.empty()
                : Optional.of("No task has this action."
                        + Spelling.nearest(action, known)
                                .map(meant -> " Did you mean " + meant + "?")
                                .orElse(""));
    }
}

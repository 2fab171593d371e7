// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.approvals;

import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.RunnerLines;
import io.taskbound.client.approval.ApprovalsAnswer;
import io.taskbound.client.approval.ListedApproval;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonValue;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code approvals}: what waits for this person. */
@Command(
        name = "approvals",
        header = "List the steps that wait for your approval.",
        description = {
            "",
            "You prove who you are by an ID token, as for `approve`; listing does not use it up. At most 50, the newest"
                    + " first."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Example:",
            "  taskbound approvals --issuer https://tokens.acme.example --id-token-command ./my-id-token.sh",
            "",
            "Exit codes: 0 listed, also if nothing waits, 1 refused, 2 usage error."
        })
public final class ApprovalsCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--json", description = "Print them as one line of JSON.")
    private boolean json;

    @Mixin
    private PersonOptions options = new PersonOptions();

    public ApprovalsCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        var person = options.person("taskbound approvals", Optional.empty(), context);
        var approvals = listed(person);
        if (json) {
            var list = approvals.stream().map(this::asJson).toList();
            context.say(JsonLine.of(
                    JsonObject.builder().put("approvals", new JsonArray(list)).build()));
        } else if (approvals.isEmpty()) {
            context.say("Nothing waits for you.");
        } else {
            approvals.forEach(this::say);
        }
        return 0;
    }

    private static List<ListedApproval> listed(Person person) throws Complaint {
        var answers = new Answers(person.issuer().issuer(), "Try again.");
        var answer = person.issuer().approvals(person.idToken());
        if (answer instanceof ApprovalsAnswer.Listed it) {
            return it.approvals();
        }
        throw answer instanceof ApprovalsAnswer.Refused no
                ? answers.refused(no.refusal(), false)
                : answers.unavailable(((ApprovalsAnswer.Unavailable) answer).outage());
    }

    private void say(ListedApproval approval) {
        var now = now();
        var from = Stream.of(approval.project(), approval.run().map(run -> "run " + run))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        var asked =
                approval.requestedAt().isBefore(now) ? Duration.between(approval.requestedAt(), now) : Duration.ZERO;
        line(approval.task() + (from.isEmpty() ? "" : " of " + from) + ": asked " + ShownText.length(asked) + " ago, "
                + ShownText.left(approval.until(), now) + " left");
        approval.link().ifPresent(link -> line("  run: " + link));
        approval.uri().ifPresent(uri -> line("  page: " + uri));
        line("  taskbound approve " + approval.id());
    }

    private void line(String text) {
        context.say(RunnerLines.onGithub(context) ? RunnerLines.harmless(text) : text);
    }

    private JsonValue asJson(ListedApproval approval) {
        return JsonObject.builder()
                .put("approval_id", approval.id())
                .putIfPresent("approval_uri", approval.uri().map(URI::toString))
                .put("task", approval.task())
                .putIfPresent("project", approval.project())
                .putIfPresent("run", approval.run())
                .putIfPresent("link", approval.link())
                .put("requested_at", approval.requestedAt().toString())
                .put("until", approval.until().toString())
                .build();
    }

    private Instant now() {
        return context.clock().instant();
    }
}

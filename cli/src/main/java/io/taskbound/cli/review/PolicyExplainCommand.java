// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.review;

import io.taskbound.cli.cloud.CloudOptions;
import io.taskbound.cli.cloud.StackOutput;
import io.taskbound.cli.policy.ExplainedMint;
import io.taskbound.cli.policy.FaultLines;
import io.taskbound.cli.policy.Loaded;
import io.taskbound.cli.policy.PolicyFiles;
import io.taskbound.cli.terminal.CommandContext;
import io.taskbound.cli.terminal.Complaint;
import io.taskbound.cli.terminal.JsonLine;
import io.taskbound.cli.terminal.SecretInput;
import io.taskbound.json.JsonArray;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonString;
import io.taskbound.json.JsonValue;
import io.taskbound.policy.Policy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code policy explain}: why a request was or would be refused, rule by rule. */
@Command(
        name = "explain",
        header = "Say why a request was or would be refused.",
        description = {
            "",
            "For a request that was made: --request-id shows the decision, from the issuer's --audit file or,"
                    + " with your own AWS credentials, from the log group of its --stack in CloudWatch; add --policy to see how"
                    + " today's policy would decide. For a hypothetical one: --claims or --id-token-file, with --task"
                    + " and --identifier. Nothing is verified here and nothing is granted."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  taskbound policy explain --request-id R --audit audit.jsonl",
            "  taskbound policy explain --request-id R --stack taskbound --since 7d",
            "  taskbound policy explain --policy policy.yaml --task sign-release --identifier"
                    + " artifact:acme/shop/app.jar@sha256:HEX --claims claims.json",
            "",
            "Exit code 0 if it is allowed, 1 if it is refused."
        })
public final class PolicyExplainCommand implements Callable<Integer> {
    private final CommandContext context;

    @Option(names = "--policy", paramLabel = "PATH", description = "The policy: a YAML file, or a folder of them.")
    private Optional<Path> policy = Optional.empty();

    @Option(names = "--task", paramLabel = "T", description = "The requested task.")
    private Optional<String> task = Optional.empty();

    @Option(names = "--identifier", paramLabel = "I", description = "The requested target; may repeat.")
    private List<String> identifiers = new ArrayList<>();

    @Option(names = "--action", paramLabel = "A", description = "The requested action; may repeat.")
    private List<String> actions = new ArrayList<>();

    @Option(names = "--claims", paramLabel = "FILE", description = "The caller's claims: a JSON object.")
    private Optional<Path> claims = Optional.empty();

    @Option(names = "--id-token-file", paramLabel = "FILE", description = "The caller's claims, in an ID token.")
    private Optional<Path> idToken = Optional.empty();

    @Option(
            names = "--provider",
            paramLabel = "NAME",
            description = "The caller's provider in the policy (default: the one whose issuer is the claims' iss).")
    private Optional<String> provider = Optional.empty();

    @Option(names = "--request-id", paramLabel = "R", description = "The id of the request, from the refusal or a log.")
    private Optional<String> requestId = Optional.empty();

    @Option(names = "--audit", paramLabel = "FILE", description = "The issuer's audit log.")
    private Optional<Path> audit = Optional.empty();

    @Option(names = "--log-group", paramLabel = "G", description = "The log group of the issuer's function.")
    private Optional<String> logGroup = Optional.empty();

    @Option(
            names = "--since",
            paramLabel = "D",
            defaultValue = "24h",
            description = "How far back to look in the log group (default: 24h).")
    private String since = "24h";

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    @Mixin
    private CloudOptions cloud = new CloudOptions();

    public PolicyExplainCommand(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() throws Complaint {
        return requestId.isPresent() ? explainMade(requestId.get()) : explainImagined();
    }

    private int explainMade(String id) throws Complaint {
        var decision = decided(id);
        if (!json) {
            decision.lines().forEach(context::say);
        }
        boolean again = policy.isPresent() && decision.claims().isPresent();
        var today = again
                ? Optional.of(explain(
                        loaded(policy.get()),
                        decision.line().string("provider"),
                        decision.claims().get(),
                        WantedTask.of(decision.line())))
                : Optional.<ExplainedMint>empty();
        if (json) {
            var told = JsonObject.builder().put("decision", decision.line());
            today.ifPresent(explanation -> told.put("today", json(explanation)));
            context.say(JsonLine.of(told.build()));
        } else {
            today.ifPresent(explanation -> {
                context.say("");
                context.say("Today's policy " + policy.orElseThrow() + ":");
                explanation.lines().forEach(context::say);
            });
        }
        boolean allowed = today.map(ExplainedMint::allowed).orElse(!decision.refused());
        return allowed ? 0 : Complaint.REFUSED;
    }

    private static JsonObject json(ExplainedMint explanation) {
        return JsonObject.builder()
                .put("allowed", explanation.allowed())
                .put(
                        "lines",
                        new JsonArray(explanation.lines().stream()
                                .<JsonValue>map(JsonString::new)
                                .toList()))
                .build();
    }

    private AuditedDecision decided(String id) throws Complaint {
        if (audit.isPresent()) {
            if (logGroup.isPresent() || cloud.isStackTyped()) {
                throw auditLogUnknown();
            }
            return AuditedDecision.in(audit.get(), id);
        }
        var window = Since.parse(since);
        var group = cloud.setting(StackOutput.AUDIT_LOG, logGroup, context)
                .orElseThrow(PolicyExplainCommand::auditLogUnknown);
        try (var logs = cloud.cloud(context).logs()) {
            return new AuditedDecision(new LogGroupSearch(logs, context).find(group, id, window));
        }
    }

    private static Complaint auditLogUnknown() {
        return Complaint.usage(
                "Decisions are in the issuer's audit log.",
                "Name it with --audit FILE, as `serve` prints at its start, or its stack with --stack NAME or its log"
                        + " group with --log-group G; not both.");
    }

    private int explainImagined() throws Complaint {
        if (policy.isEmpty() || task.isEmpty() || identifiers.isEmpty()) {
            throw Complaint.usage(
                    "There is nothing to explain.",
                    "Give --request-id R with --audit FILE, --stack NAME or --log-group G, or --policy, --task, --identifier and"
                            + " --claims.");
        }
        var wanted = new WantedTask(task.get(), actions, identifiers);
        var explanation = explain(loaded(policy.get()), provider, callerClaims(), wanted);
        if (json) {
            context.say(JsonLine.of(json(explanation)));
        } else {
            explanation.lines().forEach(context::say);
        }
        return explanation.allowed() ? 0 : Complaint.REFUSED;
    }

    private ExplainedMint explain(Policy judged, Optional<String> by, JsonObject callerClaims, WantedTask wanted)
            throws Complaint {
        var caller = UnprovenCaller.of(judged, by, callerClaims);
        return new ExplainedMint(
                judged.explain(caller, wanted.request(), context.clock().instant()));
    }

    private Policy loaded(Path path) throws Complaint {
        return PolicyFiles.load(path)
                .match(ok -> Optional.of(ok.policy()), this::tell)
                .orElseThrow(() -> Complaint.refused(
                        "The policy " + path + " is invalid, so it allows nothing.", "Correct the faults above."));
    }

    private Optional<Policy> tell(Loaded.Faulty faulty) {
        FaultLines.of(faulty.faults()).forEach(context::warn);
        return Optional.empty();
    }

    private JsonObject callerClaims() throws Complaint {
        if (claims.isPresent() == idToken.isPresent()) {
            throw Complaint.usage(
                    "Whose request is it?", "Give the claims with --claims FILE or --id-token-file FILE.");
        }
        return claims.isPresent()
                ? UnprovenCaller.claimsOfJson(SecretInput.file(claims.get()), claims.get())
                : UnprovenCaller.claimsOfToken(SecretInput.file(idToken.orElseThrow()), idToken.orElseThrow());
    }
}

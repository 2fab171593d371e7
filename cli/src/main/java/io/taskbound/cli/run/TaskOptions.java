// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.run;

import io.taskbound.cli.terminal.Faults;
import io.taskbound.client.TaskDetail;
import io.taskbound.client.TaskRequest;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.Identifier;
import io.taskbound.task.TaskName;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What the step is about to do, as typed. */
final class TaskOptions {
    private static final Duration DEFAULT_LEASE = Duration.ofSeconds(60);

    @Option(names = "--task", paramLabel = "T", description = "The task, as the policy names it.")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--action",
            paramLabel = "A",
            description = "The action; may repeat. Optional if the task has only one, or only one on each target.")
    private List<String> actions = new ArrayList<>();

    @Option(
            names = "--identifier",
            paramLabel = "I",
            description = "The target; may repeat, up to 8 times, for one token with several targets.")
    private List<String> identifiers = new ArrayList<>();

    @Option(
            names = "--target",
            paramLabel = "\"A I\"",
            description =
                    "A target with actions of its own, instead of --action and --identifier: the actions with commas"
                            + " between them, a space, the identifier. May repeat, up to 8 times.")
    private List<String> targets = new ArrayList<>();

    @Option(
            names = "--resource",
            paramLabel = "URI",
            description = "The resource server's audience, needed only where the task has several.")
    private Optional<String> resource = Optional.empty();

    @Option(
            names = "--lifetime",
            paramLabel = "D",
            description = "The longest lifetime, like 90s or 10m (default: as long as the policy allows).")
    private Optional<String> lifetime = Optional.empty();

    @Option(
            names = "--lease",
            paramLabel = "D",
            description = "How long after its last heartbeat the token dies, in case this process is killed"
                    + " (default: 60s).")
    private Optional<String> lease = Optional.empty();

    /** The request, with a txn of its own; empty when there are faults. */
    Optional<TaskRequest> request(Faults faults) {
        checkNames(faults);
        var target = resource(faults);
        var life = TypedDuration.parse("--lifetime", lifetime, faults);
        var beat = TypedDuration.parse("--lease", lease, faults).orElse(DEFAULT_LEASE);
        if (faults.any()) {
            return Optional.empty();
        }
        var request = TaskRequest.of(details()).withLease(beat);
        request = life.isPresent() ? request.withLifetime(life.get()) : request;
        return Optional.of(target.isPresent() ? request.withResource(target.get()) : request);
    }

    private void checkNames(Faults faults) {
        faults.addUnless(task.isPresent(), "--task is missing.");
        faults.addUnless(
                task.isEmpty() || TaskName.isValid(task.get()),
                "--task must be 1 to 32 characters" + " from a-z, 0-9 and -.");
        faults.addUnless(!identifiers.isEmpty() || !targets.isEmpty(), "--identifier is missing.");
        faults.addUnless(
                targets.isEmpty() || (identifiers.isEmpty() && actions.isEmpty()),
                "--target goes without --action and --identifier.");
        TypedTarget.check(targets, faults);
        faults.addUnless(
                identifiers.size() <= TaskRequest.MAX_DETAILS,
                "--identifier may be given at most " + TaskRequest.MAX_DETAILS + " times.");
        identifiers.stream()
                .flatMap(text -> Identifier.fault(text).stream())
                .findFirst()
                .ifPresent(fault -> faults.add(
                        "--identifier " + fault + ". It must be one concrete target: " + Identifier.RULE + "."));
        faults.addUnless(distinct(identifiers), "--identifier names the same target twice.");
        faults.addUnless(
                actions.stream().allMatch(AuthorizationDetails::isAction),
                "--action must be at most 64 letters, digits and . _ : -");
        faults.addUnless(distinct(actions), "--action names the same action twice.");
    }

    private static boolean distinct(List<String> texts) {
        return new HashSet<>(texts).size() == texts.size();
    }

    private TaskDetail[] details() {
        var name = task.orElseThrow();
        if (!targets.isEmpty()) {
            return targets.stream()
                    .map(TypedTarget::parse)
                    .map(target -> new TaskDetail(name, target.actions(), List.of(), target.identifier()))
                    .toArray(TaskDetail[]::new);
        }
        return identifiers.stream()
                .map(target -> new TaskDetail(name, actions, List.of(), target))
                .toArray(TaskDetail[]::new);
    }

    private Optional<URI> resource(Faults faults) {
        try {
            return resource.map(URI::create);
        } catch (IllegalArgumentException noUri) {
            faults.add("--resource is not a URI.");
            return Optional.empty();
        }
    }
}

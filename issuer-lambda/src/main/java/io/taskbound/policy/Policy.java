// SPDX-License-Identifier: Apache-2.0
package io.taskbound.policy;

import io.taskbound.digest.Sha256;
import io.taskbound.identity.Caller;
import io.taskbound.identity.Identity;
import io.taskbound.identity.Provider;
import io.taskbound.json.JsonObject;
import io.taskbound.json.JsonText;
import io.taskbound.task.HookName;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A whole reviewed policy, compiled: it has no faults, and it never changes. Whatever it does not name is refused. Only
 * {@link #compile} makes it.
 */
public final class Policy {
    /** No policy lets a token live longer. */
    public static final Duration HIGHEST_CEILING = Duration.ofHours(1);

    private final PolicyVersion version;
    private final List<Provider> providers;
    private final Map<ServerName, ResourceServer> servers = new LinkedHashMap<>();
    private final Map<TaskName, Task> tasks = new LinkedHashMap<>();
    private final Map<HookName, Hook> hooks = new LinkedHashMap<>();
    private final Map<String, List<Approver>> approvers;
    private final Map<ProviderName, Provider> byName = new LinkedHashMap<>();
    private final List<Fragment> fragments;
    private final List<Acceptance> acceptances;

    Policy(
            PolicyVersion version,
            List<Provider> providers,
            List<ResourceServer> servers,
            Collection<Task> tasks,
            Map<String, List<Approver>> approvers,
            List<Hook> hooks,
            List<Fragment> fragments,
            List<Acceptance> acceptances) {
        this.fragments = List.copyOf(fragments);
        this.acceptances = List.copyOf(acceptances);
        this.version = version;
        this.approvers = Map.copyOf(approvers);
        this.providers = List.copyOf(providers);
        providers.forEach(provider -> byName.put(provider.name(), provider));
        servers.forEach(server -> this.servers.put(server.name(), server));
        tasks.forEach(task -> this.tasks.put(task.name(), task));
        hooks.forEach(hook -> this.hooks.put(hook.name(), hook));
    }

    /** The result of compiling: all or nothing (threat model R26). */
    public sealed interface Compiled {
        /** One function for each alternative. */
        <T> T match(Function<Ok, T> ok, Function<Faulty, T> faulty);

        /** The policy, or what its faults are thrown as. */
        <X extends Throwable> Policy orElseThrow(Function<Faulty, X> refusal) throws X;
    }

    public record Ok(Policy policy, List<Fault> warnings) implements Compiled {
        public Ok {
            warnings = List.copyOf(warnings);
        }

        @Override
        public <T> T match(Function<Ok, T> ok, Function<Faulty, T> faulty) {
            return ok.apply(this);
        }

        @Override
        public <X extends Throwable> Policy orElseThrow(Function<Faulty, X> refusal) {
            return policy;
        }
    }

    /** @param faults every one there is, warnings among them; at least one error */
    public record Faulty(List<Fault> faults) implements Compiled {
        public Faulty {
            faults = List.copyOf(faults);
        }

        @Override
        public <T> T match(Function<Ok, T> ok, Function<Faulty, T> faulty) {
            return faulty.apply(this);
        }

        @Override
        public <X extends Throwable> Policy orElseThrow(Function<Faulty, X> refusal) throws X {
            throw refusal.apply(this);
        }
    }

    /**
     * Reads the canonical form of a policy.
     *
     * @param number the version's number, from 1
     */
    public static Compiled compile(JsonObject document, long number) {
        return compile(document, number, Optional.empty());
    }

    /** @param issuer the URL of the issuer that it is for: then what does not go with that is a warning */
    public static Compiled compile(JsonObject document, long number, Optional<String> issuer) {
        return compile(document, number, issuer, Optional.empty());
    }

    /** @param now when somebody looks at it: then what time has overtaken is a warning */
    public static Compiled compile(JsonObject document, long number, Optional<String> issuer, Optional<Instant> now) {
        return compiled(document, number, issuer, new Faults(issuer.isPresent(), true, now));
    }

    /** The same without the advice that only people read, for an issuer that starts. */
    public static Compiled load(JsonObject document, long number) {
        return compiled(document, number, Optional.empty(), new Faults(false, false, Optional.empty()));
    }

    private static Compiled compiled(JsonObject document, long number, Optional<String> issuer, Faults faults) {
        var reader = new PolicyReader(faults, issuer);
        reader.read(document);
        return faults.fatal()
                ? new Faulty(faults.all())
                : new Ok(
                        reader.policy(new PolicyVersion(number, Sha256.hex(JsonText.canonical(document)))),
                        faults.all());
    }

    public PolicyVersion version() {
        return version;
    }

    public List<Provider> providers() {
        return providers;
    }

    public Collection<ResourceServer> servers() {
        return List.copyOf(servers.values());
    }

    public Optional<ResourceServer> server(ServerName name) {
        return Optional.ofNullable(servers.get(name));
    }

    public Optional<Task> task(TaskName name) {
        return Optional.ofNullable(tasks.get(name));
    }

    public Collection<Task> tasks() {
        return List.copyOf(tasks.values());
    }

    /** The tasks that may only be done in their windows. */
    public Set<TaskName> tasksWithWindows() {
        return tasks.values().stream()
                .filter(task ->
                        task.limits().enforced() && !task.limits().windows().isEmpty())
                .map(Task::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    public Optional<Hook> hook(HookName name) {
        return Optional.ofNullable(hooks.get(name));
    }

    public Collection<Hook> hooks() {
        return List.copyOf(hooks.values());
    }

    /** What teams write for themselves; their tasks are among {@link #tasks}. */
    public List<Fragment> fragments() {
        return fragments;
    }

    /** The warnings that the policy's owner accepts. */
    public List<Acceptance> acceptances() {
        return acceptances;
    }

    /** The groups of people who may approve. */
    Map<String, List<Approver>> approvers() {
        return approvers;
    }

    /** Whether this proven caller is a member of any group: whoever is not has nothing to do with approvals. */
    public boolean isApprover(Identity identity) {
        return approver(identity, approvers.keySet()).isPresent();
    }

    /** The member of one of these groups that this proven caller is; empty for anybody else. */
    public Optional<Member> approver(Identity identity, Collection<String> groups) {
        var caller = identity.caller();
        for (var group : groups) {
            for (var approver : approvers.getOrDefault(group, List.of())) {
                if (approver.rule().admits(caller)) {
                    return Optional.of(approver.member(group, caller, byName));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Whether a token that was granted before, perhaps under another version, may be alive at {@code now}, as far as
     * windows matter. One that was granted in a window dies with it, also where its task, or the task's windows, are
     * gone.
     */
    public boolean mayBeAlive(TaskName task, boolean grantedInWindow, Instant now) {
        return task(task).map(known -> known.mayBeAlive(grantedInWindow, now)).orElse(!grantedInWindow);
    }

    /** Whether this proven caller may do this task at {@code now}, and within which limits. */
    public Decision decide(Identity identity, TaskRequest request, Instant now) {
        return decide(identity.caller(), request, now);
    }

    Decision decide(Caller caller, TaskRequest request, Instant now) {
        return task(request.task())
                .map(task -> new RuleMatching(version, task, caller, request, now).decide())
                .orElse(new Decision.Refused(Denial.of(Denial.Kind.UNKNOWN_TASK, Optional.empty())));
    }

    /** What {@link #decide} would answer and why, for a caller who need not be proven; it never makes a grant. */
    public Explanation explain(Caller caller, TaskRequest request, Instant now) {
        return task(request.task())
                .map(task -> new RuleMatching(version, task, caller, request, now).explain())
                .orElse(Explanation.unknownTask(request.task()));
    }
}

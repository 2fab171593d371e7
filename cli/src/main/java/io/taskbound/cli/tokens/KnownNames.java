// SPDX-License-Identifier: Apache-2.0
package io.taskbound.cli.tokens;

import io.taskbound.cli.terminal.Complaint;
import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.task.TaskName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The tasks and providers that tokens may be of: those of every policy that was in force since an instant, as far as it
 * was published to the table.
 */
record KnownNames(Collection<TaskName> tasks, Set<String> providers) {
    private static final int MAX_VERSIONS = 50;

    /** Empty when nothing was published. */
    static Optional<KnownNames> since(Instant start, Administration table) throws Complaint {
        var tasks = new TreeSet<String>();
        var providers = new TreeSet<String>();
        var release = release(table, table.ask(table.policies()::head));
        if (release.isEmpty()) {
            return Optional.empty();
        }
        for (int seen = 0; release.isPresent() && seen < MAX_VERSIONS; seen++) {
            var policy = text(table, release.get());
            tasks.addAll(names(policy, "tasks"));
            providers.addAll(names(policy, "providers"));
            // The one that was in force at the start is the last that matters.
            release = release.get().at().isAfter(start)
                    ? release(table, release.get().previous())
                    : Optional.empty();
        }
        return Optional.of(new KnownNames(
                tasks.stream().filter(TaskName::isValid).map(TaskName::new).toList(), Set.copyOf(providers)));
    }

    private static Optional<PolicyRelease> release(Administration table, long number) throws Complaint {
        return number == 0 ? Optional.empty() : table.ask(() -> table.policies().release(number));
    }

    private static JsonObject text(Administration table, PolicyRelease release) throws Complaint {
        if (table.ask(() -> table.policies().text(release)) instanceof PolicyStore.Text.Whole whole) {
            try {
                return StrictJson.parseObject(whole.json().getBytes(StandardCharsets.UTF_8));
            } catch (MalformedJson notOurs) {
                throw damaged(release);
            }
        }
        throw damaged(release);
    }

    private static Complaint damaged(PolicyRelease release) {
        return Complaint.refused(
                "The policy " + release.version().label() + " in the table is damaged, so its tasks are unknown.",
                "Publish the policy again. Until then name the tasks with --task or, to revoke, use --unseen.");
    }

    private static Set<String> names(JsonObject policy, String part) {
        return policy.object(part).orElse(JsonObject.EMPTY).members().keySet();
    }
}

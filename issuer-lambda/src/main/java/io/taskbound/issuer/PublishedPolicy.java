// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.json.JsonObject;
import io.taskbound.json.MalformedJson;
import io.taskbound.json.StrictJson;
import io.taskbound.ledger.PolicyHead;
import io.taskbound.ledger.PolicyRelease;
import io.taskbound.ledger.PolicyStore;
import io.taskbound.policy.Fault;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.TaskName;
import io.taskbound.token.Es256PublicKey;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The policy that the table's head names: complete, with the hash that it was published with, signed if a signature is
 * required, and without a fault. Every reading may throw {@link io.taskbound.ledger.LedgerUnavailable}.
 */
public final class PublishedPolicy {
    /** Whoever publishes more often than that in an hour has other worries. */
    private static final int MOST_RELEASES = 20;

    private final PolicyStore store;
    private final String table;
    private final PolicyTerms terms;
    private final Optional<Es256PublicKey> key;

    /**
     * @param table the table's name, as the signed statement has it
     * @param terms a policy that does not hold to them is refused
     * @param key whose signature every version must carry; without it, unsigned versions are accepted as well
     */
    public PublishedPolicy(PolicyStore store, String table, PolicyTerms terms, Optional<Es256PublicKey> key) {
        this.store = store;
        this.table = table;
        this.terms = terms;
        this.key = key;
    }

    public PolicyReading first() {
        return newerThan(0);
    }

    /**
     * A head that names a lower version than the one in force, or than any that an issuer of this table has ever put in
     * force, is refused: going back is a new version with the old text.
     *
     * @param inForce the number of the version in force
     */
    public PolicyReading newerThan(long inForce) {
        var head = store.look();
        long newest = Math.max(inForce, head.seen().map(PolicyVersion::number).orElse(0L));
        if (head.number() == 0) {
            return newest == 0 ? new PolicyReading.Absent() : refused(0, "the head is gone");
        }
        if (head.number() < newest) {
            return refused(
                    head.number(),
                    "the head went back from version " + newest + "; push the old text as a new version");
        }
        return head.number() == inForce ? new PolicyReading.Unchanged() : read(head);
    }

    private PolicyReading read(PolicyHead head) {
        long number = head.number();
        var release = store.release(number);
        if (release.isEmpty()) {
            return refused(number, "the head names a version that is not there");
        }
        if (!head.hash().equals(release.map(found -> found.version().hash()))) {
            return refused(number, "the head names another hash than this version has");
        }
        return release.filter(this::isSigned)
                .map(this::whole)
                .map(reading -> remembered(reading, head))
                .orElseGet(() -> refused(number, "no signature, or not one of the policy key over this very version"));
    }

    /** Before it is in force, so that no issuer can start with an older one from then on. */
    private PolicyReading remembered(PolicyReading reading, PolicyHead head) {
        if (!(reading instanceof PolicyReading.Good good)) {
            return reading;
        }
        var version = good.policy().version();
        return head.seen().equals(Optional.of(version)) || store.see(version)
                ? good
                : refused(version.number(), "an issuer has seen a newer version, or another text of this one");
    }

    private boolean isSigned(PolicyRelease release) {
        return key.isEmpty()
                || release.signature()
                        .filter(signature -> key.get().verifies(release.statement(table), signature))
                        .isPresent();
    }

    private PolicyReading whole(PolicyRelease release) {
        long number = release.version().number();
        if (store.text(release) instanceof PolicyStore.Text.Whole text) {
            return compiled(text.json(), number);
        }
        return refused(number, "its text is incomplete, or not of its hash");
    }

    private PolicyReading compiled(String json, long number) {
        try {
            var document = StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8));
            return Policy.load(document, number)
                    .match(ok -> good(ok.policy()), faulty -> refused(number, firstOf(faulty.faults())));
        } catch (MalformedJson | IllegalArgumentException unusable) {
            return refused(number, String.valueOf(unusable.getMessage()));
        }
    }

    /** @throws IllegalArgumentException when it does not hold to the terms */
    private PolicyReading good(Policy policy) {
        terms.require(policy);
        return new PolicyReading.Good(policy);
    }

    private static String firstOf(List<Fault> faults) {
        return faults.get(0).path() + ": " + faults.get(0).message();
    }

    /**
     * The tasks that have windows in this version or had some in one that it replaced, as far as a version counts since
     * this time; none if the version itself is older. A version is read as it was published: it was in force.
     */
    Set<TaskName> tasksWithWindows(Policy inForce, Instant since) {
        var release = store.release(inForce.version().number());
        if (release.isEmpty() || release.get().at().isBefore(since)) {
            return Set.of();
        }
        var tasks = new HashSet<>(inForce.tasksWithWindows());
        for (int i = 0; i < MOST_RELEASES && release.isPresent(); i++) {
            boolean replacedAnother =
                    release.get().previous() > 0 && !release.get().at().isBefore(since);
            release = replacedAnother ? store.release(release.get().previous()) : Optional.empty();
            release.ifPresent(before -> tasks.addAll(tasksWithWindows(before)));
        }
        return tasks;
    }

    private Set<TaskName> tasksWithWindows(PolicyRelease release) {
        return store.text(release) instanceof PolicyStore.Text.Whole text ? tasksWithWindows(text.json()) : Set.of();
    }

    /** Not compiled: what its windows were does not matter now. */
    private static Set<TaskName> tasksWithWindows(String json) {
        try {
            var tasks = StrictJson.parseObject(json.getBytes(StandardCharsets.UTF_8))
                    .object("tasks")
                    .orElse(JsonObject.EMPTY);
            return tasks.members().entrySet().stream()
                    .filter(task -> TaskName.isValid(task.getKey())
                            && task.getValue() instanceof JsonObject fields
                            && fields.has("windows"))
                    .map(task -> new TaskName(task.getKey()))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (MalformedJson neverInForce) {
            return Set.of();
        }
    }

    private static PolicyReading refused(long number, String why) {
        return new PolicyReading.Refused(number, why);
    }
}

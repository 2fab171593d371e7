// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.audit.AuditEntry;
import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import io.taskbound.audit.Outcome;
import io.taskbound.audit.Reason;
import io.taskbound.identity.IdentityVerifier;
import io.taskbound.identity.KeyFetcher;
import io.taskbound.ledger.Ledger;
import io.taskbound.ledger.LedgerUnavailable;
import io.taskbound.policy.Policy;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.TaskName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * The policy in force together with the verifier of the providers that it names, so that both always match. A version
 * that is refused is never put in force, so the last good one stays.
 */
public final class CurrentPolicy {
    /** Instances follow a publication within twice this. */
    static final Duration PERIOD = Duration.ofSeconds(30);

    /** So long after a publication, no token lives that an earlier version has granted; clocks may differ. */
    private static final Duration GRANTED_BEFORE =
            Policy.HIGHEST_CEILING.plus(PERIOD.multipliedBy(2)).plus(Ledger.MAX_SKEW);

    private final Optional<Following> following;
    /** Of a policy that is not published: all that any version since the start has had. */
    private final Set<TaskName> windowed = ConcurrentHashMap.newKeySet();

    private volatile InForce inForce;

    /** One policy version with the verifier of its providers. */
    public record InForce(Policy policy, IdentityVerifier verifier) {}

    private record Following(PublishedPolicy published, Polling due) {}

    /** A policy that only {@link #replace} changes. */
    public CurrentPolicy(Policy first, KeyFetcher fetcher) {
        this(first, fetcher, Optional.empty());
    }

    private CurrentPolicy(Policy first, KeyFetcher fetcher, Optional<Following> following) {
        this.inForce = new InForce(first, new IdentityVerifier(first.providers(), fetcher));
        this.following = following;
        this.windowed.addAll(first.tasksWithWindows());
    }

    /**
     * A policy that follows what is published.
     *
     * @param first what was published when it was read
     * @param now when that was
     * @param operatorLog hears of a look that failed in a way that nobody foresaw
     */
    public static CurrentPolicy following(
            PublishedPolicy published, Policy first, KeyFetcher fetcher, Instant now, Consumer<String> operatorLog) {
        return new CurrentPolicy(
                first,
                fetcher,
                Optional.of(new Following(published, new Polling(PERIOD, Optional.of(now), operatorLog))));
    }

    /**
     * Refuses a policy that trusts this issuer itself as a provider: its own tokens would be proofs for more of them.
     *
     * @throws IllegalArgumentException naming the provider and what to change
     */
    public static void requireOthers(Policy policy, String issuerUrl) {
        for (var provider : policy.providers()) {
            if (provider.issuer().equals(issuerUrl)) {
                throw new IllegalArgumentException("provider " + provider.name()
                        + " names this issuer's own URL as its issuer; name the CI system's issuer there");
            }
        }
    }

    public InForce now() {
        return inForce;
    }

    /** Whether a version was published that is newer than what is in force here, as far as this one proves it. */
    boolean isBehind(PolicyVersion other) {
        // A policy from files counts its versions from each start on, and there is no other instance.
        return following.isPresent()
                && other.number() > inForce.policy().version().number();
    }

    /**
     * The tasks that have windows, or had some under a version by which a living token may have been granted. None when
     * what is in force was published so long ago that every token was granted by it. May throw
     * {@link LedgerUnavailable}.
     */
    Set<TaskName> tasksWithWindows(Instant now) {
        return following.isPresent()
                ? following.get().published().tasksWithWindows(inForce.policy(), now.minus(GRANTED_BEFORE))
                : Set.copyOf(windowed);
    }

    /** Puts the next version in force; requests that have begun finish under the old one. */
    public synchronized void replace(Policy next) {
        windowed.addAll(next.tasksWithWindows());
        inForce = new InForce(next, inForce.verifier().forProviders(next.providers()));
    }

    /**
     * Looks, every {@code PERIOD}, whether another version was published, and puts it in force if it is good. Never
     * throws: what is in force stays when the table does not answer.
     *
     * @param requestId of the request that pays for the look; the audit log names it
     */
    public void follow(String requestId, Instant now, Consumer<AuditLine> audit) {
        following.ifPresent(follows ->
                follows.due().comeBy(now, at -> look(follows.published(), requestId, at, audit)));
    }

    private void look(PublishedPolicy published, String requestId, Instant now, Consumer<AuditLine> audit) {
        try {
            published
                    .newerThan(inForce.policy().version().number())
                    .match(
                            good -> Optional.of(replace(good.policy(), requestId, now)),
                            refused -> Optional.of(refusal(refused, requestId, now)),
                            absent -> Optional.<AuditLine>empty(),
                            unchanged -> Optional.<AuditLine>empty())
                    .ifPresent(audit);
        } catch (LedgerUnavailable laterThen) {
            // If the table is out of reach, the request that triggered this check shows it.
        }
    }

    private AuditLine replace(Policy next, String requestId, Instant now) {
        replace(next);
        return AuditEntry.begin(Event.POLICY, requestId, now)
                .policy(next.version())
                .end(Outcome.IN_FORCE);
    }

    private AuditLine refusal(PolicyReading.Refused refused, String requestId, Instant now) {
        return AuditEntry.begin(Event.POLICY, requestId, now)
                .policy(inForce.policy().version())
                .reason(Reason.POLICY_REFUSED)
                .detail("version " + refused.number() + ": " + refused.why())
                .end(Outcome.REFUSED);
    }
}

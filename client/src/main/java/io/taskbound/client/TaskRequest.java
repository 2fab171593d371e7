// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.util.JSONArrayUtils;
import io.taskbound.client.dpop.ProofKey;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a step is about to do: one to eight details of one task. It carries the id of this task instance ({@code txn}),
 * a random UUID unless one is given, so that it is known before the ID token is fetched and is the same on every try.
 * It also carries a new {@link HolderVerifier}. Make a new request for each task instance. Immutable; the {@code with}
 * methods return a copy.
 *
 * @param details one to eight, all of the same task
 * @param txn the id of the task instance
 * @param lifetime asked for, whole seconds; the policy may give less
 * @param lease asked for, whole seconds; the token dies that long after its last heartbeat
 * @param resource the resource server's audience, needed only where the details name no location and the task has
 *     several
 * @param holder proves later that the token is in the hands of whoever makes this request
 * @param proofKey the key that the token is to be bound to (RFC 9449), where the policy lets it be
 */
public record TaskRequest(
        List<TaskDetail> details,
        UUID txn,
        Optional<Duration> lifetime,
        Optional<Duration> lease,
        Optional<URI> resource,
        HolderVerifier holder,
        Optional<ProofKey> proofKey) {
    /** How many details one request may have. */
    public static final int MAX_DETAILS = 8;

    /** Refuses what is not as said above with {@link IllegalArgumentException}. */
    public TaskRequest {
        details = List.copyOf(details);
        if (details.isEmpty() || details.size() > MAX_DETAILS) {
            throw new IllegalArgumentException("details must be 1 to " + MAX_DETAILS);
        }
        if (details.stream().map(TaskDetail::task).distinct().count() > 1) {
            throw new IllegalArgumentException("details must name one task");
        }
        lifetime.ifPresent(value -> requireWholeSeconds("lifetime", value));
        lease.ifPresent(value -> requireWholeSeconds("lease", value));
    }

    /** Without a key: whoever has the token can use it. */
    public TaskRequest(
            List<TaskDetail> details,
            UUID txn,
            Optional<Duration> lifetime,
            Optional<Duration> lease,
            Optional<URI> resource,
            HolderVerifier holder) {
        this(details, txn, lifetime, lease, resource, holder, Optional.empty());
    }

    /** With a new {@code txn}, and the lifetime and lease that the policy gives. */
    public static TaskRequest of(TaskDetail... details) {
        return new TaskRequest(
                List.of(details),
                UUID.randomUUID(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HolderVerifier.random());
    }

    /** A copy for a task instance that has an id already. */
    public TaskRequest withTxn(UUID value) {
        return new TaskRequest(details, value, lifetime, lease, resource, holder, proofKey);
    }

    /** A copy that asks for this lifetime, in whole seconds. */
    public TaskRequest withLifetime(Duration value) {
        return new TaskRequest(details, txn, Optional.of(value), lease, resource, holder, proofKey);
    }

    /** A copy that asks for this lease, in whole seconds. */
    public TaskRequest withLease(Duration value) {
        return new TaskRequest(details, txn, lifetime, Optional.of(value), resource, holder, proofKey);
    }

    /** A copy for the resource server with this audience (RFC 8707). */
    public TaskRequest withResource(URI value) {
        return new TaskRequest(details, txn, lifetime, lease, Optional.of(value), holder, proofKey);
    }

    /** A copy that offers this key, so that the token is of no use without it. */
    public TaskRequest withProofKey(ProofKey value) {
        return new TaskRequest(details, txn, lifetime, lease, resource, holder, Optional.of(value));
    }

    /** The task that all details name. */
    public String task() {
        return details.get(0).task();
    }

    String detailsAsJson() {
        return JSONArrayUtils.toJSONString(
                details.stream().map(TaskDetail::toWire).toList());
    }

    private static void requireWholeSeconds(String name, Duration value) {
        if (value.getSeconds() < 1 || value.getNano() != 0) {
            throw new IllegalArgumentException(name + " must be whole seconds, at least 1");
        }
    }
}

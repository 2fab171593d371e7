// SPDX-License-Identifier: Apache-2.0
package io.taskbound.client;

import com.nimbusds.jose.util.JSONArrayUtils;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a step is about to do: one to eight details of one task. It carries the id of this task instance ({@code txn}), a
 * random UUID unless one is given, so that it is known before the ID token is fetched and is the same on every try.
 * Make a new request for each task instance. Immutable; the {@code with} methods return a copy.
 *
 * @param lifetime asked for, whole seconds; the policy may give less
 * @param lease asked for, whole seconds; the token dies that long after its last heartbeat
 * @param resource the resource server's audience, needed only where the details name no location and the task has several
 */
public record TaskRequest(
        List<TaskDetail> details,
        UUID txn,
        Optional<Duration> lifetime,
        Optional<Duration> lease,
        Optional<URI> resource) {
    private static final int MOST_DETAILS = 8;

    public TaskRequest {
        details = List.copyOf(details);
        if (details.isEmpty() || details.size() > MOST_DETAILS) {
            throw new IllegalArgumentException("details must be 1 to " + MOST_DETAILS);
        }
        if (details.stream().map(TaskDetail::task).distinct().count() > 1) {
            throw new IllegalArgumentException("details must name one task");
        }
        lifetime.ifPresent(value -> requireWholeSeconds("lifetime", value));
        lease.ifPresent(value -> requireWholeSeconds("lease", value));
    }

    public static TaskRequest of(TaskDetail... details) {
        return new TaskRequest(
                List.of(details), UUID.randomUUID(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public TaskRequest withTxn(UUID value) {
        return new TaskRequest(details, value, lifetime, lease, resource);
    }

    public TaskRequest withLifetime(Duration value) {
        return new TaskRequest(details, txn, Optional.of(value), lease, resource);
    }

    public TaskRequest withLease(Duration value) {
        return new TaskRequest(details, txn, lifetime, Optional.of(value), resource);
    }

    public TaskRequest withResource(URI value) {
        return new TaskRequest(details, txn, lifetime, lease, Optional.of(value));
    }

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

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.metrics;

import io.taskbound.audit.AuditLine;
import io.taskbound.audit.Event;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLongArray;

/** What one request has done so far. Parts of it may run in other threads. */
final class RequestCounts {
    /** What follows from a decision. */
    private static final Set<Event> FOLLOWING = EnumSet.of(Event.ENDED, Event.MISSING_CLOSE, Event.CREDENTIAL_END);

    private static final int PARTS = TimedPart.values().length;
    private final AtomicLongArray nanos = new AtomicLongArray(PARTS);
    private final AtomicLongArray laps = new AtomicLongArray(PARTS);
    private final boolean ofARequest;
    private final List<TokenEnd> ends = new ArrayList<>();
    private int fetches;
    private int failedFetches;
    private Optional<AuditLine> refusedPolicy = Optional.empty();
    private Optional<AuditLine> decision = Optional.empty();

    private RequestCounts(boolean ofARequest) {
        this.ofARequest = ofARequest;
    }

    static RequestCounts ofARequest() {
        return new RequestCounts(true);
    }

    /** For work that no request waits for; nobody reads it. */
    static RequestCounts ofNoRequest() {
        return new RequestCounts(false);
    }

    boolean isOfARequest() {
        return ofARequest;
    }

    void lap(TimedPart part, long took) {
        nanos.addAndGet(part.ordinal(), took);
        laps.incrementAndGet(part.ordinal());
    }

    /** Whether this part had anything to do. */
    boolean did(TimedPart part) {
        return laps.get(part.ordinal()) > 0;
    }

    long nanos(TimedPart part) {
        return nanos.get(part.ordinal());
    }

    synchronized void ended(TokenEnd end) {
        ends.add(end);
    }

    synchronized List<TokenEnd> ends() {
        return List.copyOf(ends);
    }

    synchronized void fetched(boolean failed) {
        fetches++;
        failedFetches += failed ? 1 : 0;
    }

    synchronized int fetches() {
        return fetches;
    }

    synchronized int failedFetches() {
        return failedFetches;
    }

    /** The last one counts: a fault after a decision is what the caller was told. */
    synchronized void decided(AuditLine line) {
        if (FOLLOWING.contains(line.event())) {
            // {@link WatchedLedger} has seen the end of a token itself; a credential that was not ended is the sweep's.
            return;
        }
        if (line.event() == Event.POLICY) {
            refusedPolicy = line.reason()
                    .flatMap(ReasonMetric::of)
                    .filter(counted -> counted.metric() == Metric.POLICY_REFUSED)
                    .map(counted -> line)
                    .or(() -> refusedPolicy);
        } else {
            decision = Optional.of(line);
        }
    }

    /** While this request was answered, the next version of the policy was looked at and refused. */
    synchronized Optional<AuditLine> refusedPolicy() {
        return refusedPolicy;
    }

    synchronized Optional<AuditLine> decision() {
        return decision;
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the ledger knows about one task token. It holds no token and no secret. Made by {@link #builder()} from a grant,
 * and read back from the ledger. Instants are cut to milliseconds.
 *
 * @param provider the policy's name of who signed the proof
 * @param stableSubject the subject by immutable ids, such as {@code repo:1001/2002}
 * @param projectId the project's immutable id
 * @param issuerOfProof {@code iss} of the ID token
 * @param subject {@code sub} of the ID token
 * @param run text that names the run within its issuer
 * @param job the part of the run that holds the token
 * @param startedBy the person, where the provider names one
 * @param link where people see the run
 * @param authorizationDetails canonical JSON text of what was granted
 * @param server the one resource server
 * @param audience its audience
 * @param policy which policy allowed it
 * @param proofIssued {@code iat} of the ID token
 * @param proofExpires {@code exp} of the ID token
 * @param issued when this record was made
 * @param expires dead from this instant on
 * @param lease how long one heartbeat keeps the token alive
 * @param leaseDeadline dead from this instant on, unless renewed before; never after {@code expires}
 * @param maxUses uses of each object of authorization_details; empty is unlimited
 * @param usesLeft one number an object, in their order; empty when unlimited
 * @param uses by use key
 * @param useCount all uses, those that are no longer remembered one by one, too
 * @param requestHash tells whether a second request is the same as the first
 * @param txn the client's id of this task instance
 * @param unsigned the record was written but its signature was not made
 * @param state what is stored about its end
 * @param closure present when {@code state} is not ACTIVE
 */
public record TokenRecord(
        Jti jti,
        TaskName task,
        ProviderName provider,
        String stableSubject,
        Optional<String> projectId,
        Optional<String> projectName,
        String issuerOfProof,
        String subject,
        String run,
        Optional<String> job,
        Optional<String> startedBy,
        Optional<String> link,
        String authorizationDetails,
        ServerName server,
        String audience,
        PolicyVersion policy,
        Instant proofIssued,
        Instant proofExpires,
        Instant issued,
        Instant expires,
        Optional<Duration> lease,
        Optional<Instant> leaseDeadline,
        OptionalInt maxUses,
        List<Integer> usesLeft,
        Map<String, RecordedUse> uses,
        long useCount,
        String requestHash,
        String txn,
        boolean unsigned,
        State state,
        Optional<Closure> closure) {
    /** Of an unlimited token, this many uses are remembered one by one. */
    public static final int MOST_REMEMBERED_USES = 100;

    /** A limited token remembers each of its uses, and an item has its bounds. */
    public static final int MOST_USES = 100;

    public TokenRecord {
        requireText("stableSubject", stableSubject);
        requireText("issuerOfProof", issuerOfProof);
        requireText("subject", subject);
        requireText("run", run);
        requireText("authorizationDetails", authorizationDetails);
        requireText("audience", audience);
        requireText("requestHash", requestHash);
        requireText("txn", txn);
        proofIssued = proofIssued.truncatedTo(ChronoUnit.MILLIS);
        proofExpires = proofExpires.truncatedTo(ChronoUnit.MILLIS);
        issued = issued.truncatedTo(ChronoUnit.MILLIS);
        expires = expires.truncatedTo(ChronoUnit.MILLIS);
        leaseDeadline = leaseDeadline.map(deadline -> deadline.truncatedTo(ChronoUnit.MILLIS));
        usesLeft = List.copyOf(usesLeft);
        uses = Collections.unmodifiableMap(new LinkedHashMap<>(uses));
        requireLease(lease, leaseDeadline, expires);
        requireUses(maxUses, usesLeft);
        require((state != State.ACTIVE) == closure.isPresent(), "closure must be there when state is not ACTIVE, only");
    }

    public static TokenRecordBuilder builder() {
        return new TokenRecordBuilder();
    }

    /** A builder that holds all of this record. */
    public TokenRecordBuilder toBuilder() {
        return new TokenRecordBuilder(this);
    }

    /** Whether the token is alive at {@code now}, by its own record; whether it is denied, the deny list says. */
    public Liveness livenessAt(Instant now) {
        if (state != State.ACTIVE) {
            return state == State.REVOKED ? Liveness.REVOKED : Liveness.CLOSED;
        }
        if (isSpent()) {
            return Liveness.SPENT;
        }
        if (hasLapsed(now)) {
            return Liveness.LAPSED;
        }
        // At `expires` itself the token is dead.
        return now.isBefore(expires) ? Liveness.ALIVE : Liveness.EXPIRED;
    }

    /** Whether it had lapsed or expired before it was closed at {@code now}: it outlived its step. */
    public boolean diedBeforeItWasClosedAt(Instant now) {
        var before = livenessBeforeItWasClosedAt(now);
        return before == Liveness.LAPSED || before == Liveness.EXPIRED;
    }

    /** How it stood when it was closed at {@code now}. */
    public Liveness livenessBeforeItWasClosedAt(Instant now) {
        return toBuilder().state(State.ACTIVE).closure(Optional.empty()).build().livenessAt(now);
    }

    /** Whether the lease ran out by {@code now}, and before the token would have expired anyway. */
    boolean hasLapsed(Instant now) {
        // At the deadline itself the lease is over.
        return leaseDeadline
                .filter(deadline -> deadline.isBefore(expires) && !now.isBefore(deadline))
                .isPresent();
    }

    /** Uses left of all objects together; empty when unlimited. */
    public OptionalLong usesLeftSum() {
        return maxUses.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(
                        usesLeft.stream().mapToLong(Integer::longValue).sum());
    }

    private boolean isSpent() {
        return maxUses.isPresent() && usesLeft.stream().allMatch(left -> left == 0);
    }

    private static void requireLease(Optional<Duration> lease, Optional<Instant> deadline, Instant expires) {
        require(lease.isPresent() == deadline.isPresent(), "lease and leaseDeadline must be there together");
        require(lease.filter(length -> length.toMillis() < 1).isEmpty(), "lease must be at least 1 ms");
        require(deadline.filter(expires::isBefore).isEmpty(), "leaseDeadline must not be after expires");
    }

    private static void requireUses(OptionalInt maxUses, List<Integer> usesLeft) {
        if (maxUses.isEmpty()) {
            require(usesLeft.isEmpty(), "usesLeft must be empty when maxUses is");
            return;
        }
        int most = maxUses.getAsInt();
        require(most >= 1 && most <= MOST_USES, "maxUses must be 1 to " + MOST_USES);
        require(!usesLeft.isEmpty(), "usesLeft must have a number for each object");
        require(usesLeft.stream().allMatch(left -> left >= 0 && left <= most), "usesLeft must be 0 to maxUses");
    }

    private static void requireText(String component, String text) {
        require(!text.isEmpty(), component + " must not be empty");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}

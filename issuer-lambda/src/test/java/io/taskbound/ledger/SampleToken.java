// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.identity.Requester;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.status.StatusEntry;
import io.taskbound.task.GrantedDetails;
import io.taskbound.task.TaskName;
import io.taskbound.window.OpenWindow;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A record, changed in one respect at a time. */
record SampleToken(TokenRecord record) {
    SampleToken withTxn(String txn) {
        return new SampleToken(new TokenRecord(
                record.jti(),
                record.requester(),
                record.grant(),
                record.life(),
                record.uses(),
                record.requestHash(),
                txn,
                record.holder(),
                record.key()));
    }

    /** As who asks without a challenge. */
    SampleToken withoutHolder() {
        return new SampleToken(new TokenRecord(
                record.jti(),
                record.requester(),
                record.grant(),
                record.life(),
                record.uses(),
                record.requestHash(),
                record.txn(),
                Optional.empty(),
                record.key()));
    }

    SampleToken withTask(TaskName task) {
        var grant = record.grant();
        return with(new RecordedGrant(
                task,
                grant.details(),
                grant.server(),
                grant.audience(),
                grant.policy(),
                grant.status(),
                grant.window(),
                grant.approval()));
    }

    SampleToken withDetails(String details) {
        var grant = record.grant();
        return with(new RecordedGrant(
                grant.task(),
                GrantedDetails.recorded(details),
                grant.server(),
                grant.audience(),
                grant.policy(),
                grant.status(),
                grant.window(),
                grant.approval()));
    }

    SampleToken withPolicy(PolicyVersion policy) {
        var grant = record.grant();
        return with(new RecordedGrant(
                grant.task(),
                grant.details(),
                grant.server(),
                grant.audience(),
                policy,
                grant.status(),
                grant.window(),
                grant.approval()));
    }

    SampleToken withStatus(StatusEntry entry) {
        return new SampleToken(record.withStatus(entry));
    }

    /** Nothing that may be absent. */
    SampleToken withBareRequester() {
        var who = record.requester();
        Optional<String> none = Optional.empty();
        return with(new Requester(
                who.provider(),
                who.issuer(),
                who.subject(),
                who.stableSubject(),
                none,
                none,
                who.run(),
                none,
                none,
                none,
                who.proofIssued(),
                who.proofExpires()));
    }

    SampleToken withStableSubject(String stableSubject) {
        var who = record.requester();
        return with(new Requester(
                who.provider(),
                who.issuer(),
                who.subject(),
                stableSubject,
                who.projectId(),
                who.projectName(),
                who.run(),
                who.job(),
                who.startedBy(),
                who.link(),
                who.proofIssued(),
                who.proofExpires()));
    }

    SampleToken withJob(Optional<String> job) {
        return withRequester(job, record.requester().link(), record.requester().proofIssued(), proofExpires());
    }

    SampleToken withLink(String link) {
        return withRequester(
                record.requester().job(), Optional.of(link), record.requester().proofIssued(), proofExpires());
    }

    SampleToken withProofIssued(Instant issued) {
        return withRequester(record.requester().job(), record.requester().link(), issued, proofExpires());
    }

    SampleToken withProofExpires(Instant expires) {
        return withRequester(
                record.requester().job(),
                record.requester().link(),
                record.requester().proofIssued(),
                expires);
    }

    private Instant proofExpires() {
        return record.requester().proofExpires();
    }

    private SampleToken withRequester(
            Optional<String> job, Optional<String> link, Instant proofIssued, Instant proofExpires) {
        var who = record.requester();
        return with(new Requester(
                who.provider(),
                who.issuer(),
                who.subject(),
                who.stableSubject(),
                who.projectId(),
                who.projectName(),
                who.run(),
                job,
                who.startedBy(),
                link,
                proofIssued,
                proofExpires));
    }

    /** A life from the beginning, without a lease. */
    SampleToken withLife(Instant issued, Instant expires) {
        return with(Life.begin(issued, expires, Optional.empty()));
    }

    /** A life from the beginning, at the same times. */
    SampleToken withLease(Duration lease) {
        return with(Life.begin(record.life().issued(), record.life().expires(), Optional.of(lease)));
    }

    SampleToken withLeaseDeadline(Instant deadline) {
        return withMark(deadline, record.life().unsigned());
    }

    /** A lease until {@code deadline}, where the token has one. */
    SampleToken withMark(Instant deadline, boolean unsigned) {
        var life = record.life();
        return with(new Life(
                life.issued(),
                life.expires(),
                life.lease(),
                life.lease().map(length -> deadline),
                unsigned,
                life.state(),
                life.end()));
    }

    SampleToken withClosure(Closure closure) {
        var life = record.life();
        return with(new Life(
                life.issued(),
                life.expires(),
                life.lease(),
                life.leaseDeadline(),
                life.unsigned(),
                closure.cause().state(),
                Optional.of(life.end().orElse(closure))));
    }

    SampleToken withIssued(Instant issued) {
        return with(Life.begin(issued, record.life().expires(), Optional.empty()));
    }

    /** Granted in a window for a change. */
    SampleToken withWindow(Instant end) {
        var grant = record.grant();
        return with(new RecordedGrant(
                grant.task(),
                grant.details(),
                grant.server(),
                grant.audience(),
                grant.policy(),
                grant.status(),
                Optional.of(new OpenWindow(end, Optional.of("CHG0031337"))),
                grant.approval()));
    }

    SampleToken withMaxUses(int max, int objects) {
        return with(Uses.none(OptionalInt.of(max), objects));
    }

    SampleToken withoutLimit() {
        return with(Uses.none(OptionalInt.empty(), 1));
    }

    SampleToken withUsesLeft(Integer... left) {
        var uses = record.uses();
        return with(new Uses(uses.max(), List.of(left), uses.remembered(), uses.count()));
    }

    /** Used so often in all. */
    SampleToken withUses(long count, Map<String, RecordedUse> remembered) {
        var uses = record.uses();
        return with(new Uses(uses.max(), uses.left(), remembered, count));
    }

    /** One use more. */
    SampleToken withUse(List<Integer> left, Map<String, RecordedUse> remembered) {
        var uses = record.uses();
        return with(new Uses(uses.max(), left, remembered, uses.count() + 1));
    }

    private SampleToken with(Requester requester) {
        return new SampleToken(new TokenRecord(
                record.jti(),
                requester,
                record.grant(),
                record.life(),
                record.uses(),
                record.requestHash(),
                record.txn(),
                record.holder(),
                record.key()));
    }

    private SampleToken with(RecordedGrant grant) {
        return new SampleToken(new TokenRecord(
                record.jti(),
                record.requester(),
                grant,
                record.life(),
                record.uses(),
                record.requestHash(),
                record.txn(),
                record.holder(),
                record.key()));
    }

    private SampleToken with(Life life) {
        return new SampleToken(new TokenRecord(
                record.jti(),
                record.requester(),
                record.grant(),
                life,
                record.uses(),
                record.requestHash(),
                record.txn(),
                record.holder(),
                record.key()));
    }

    private SampleToken with(Uses uses) {
        return new SampleToken(new TokenRecord(
                record.jti(),
                record.requester(),
                record.grant(),
                record.life(),
                uses,
                record.requestHash(),
                record.txn(),
                record.holder(),
                record.key()));
    }
}

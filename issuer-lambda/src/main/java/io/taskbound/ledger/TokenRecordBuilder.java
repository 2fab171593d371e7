// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Collects a {@link TokenRecord}, one setter a component. What is not set is absent, unused and ACTIVE; where a record
 * cannot do without, {@link #build} refuses.
 */
public final class TokenRecordBuilder {
    private Optional<Jti> jti = Optional.empty();
    private Optional<TaskName> task = Optional.empty();
    private Optional<ProviderName> provider = Optional.empty();
    private String stableSubject = "";
    private Optional<String> projectId = Optional.empty();
    private Optional<String> projectName = Optional.empty();
    private String issuerOfProof = "";
    private String subject = "";
    private String run = "";
    private Optional<String> job = Optional.empty();
    private Optional<String> startedBy = Optional.empty();
    private Optional<String> link = Optional.empty();
    private String authorizationDetails = "";
    private Optional<ServerName> server = Optional.empty();
    private String audience = "";
    private Optional<PolicyVersion> policy = Optional.empty();
    private Optional<Instant> proofIssued = Optional.empty();
    private Optional<Instant> proofExpires = Optional.empty();
    private Optional<Instant> issued = Optional.empty();
    private Optional<Instant> expires = Optional.empty();
    private Optional<Duration> lease = Optional.empty();
    private Optional<Instant> leaseDeadline = Optional.empty();
    private OptionalInt maxUses = OptionalInt.empty();
    private List<Integer> usesLeft = List.of();
    private Map<String, RecordedUse> uses = Map.of();
    private long useCount;
    private String requestHash = "";
    private String txn = "";
    private boolean unsigned;
    private State state = State.ACTIVE;
    private Optional<Closure> closure = Optional.empty();

    TokenRecordBuilder() {}

    TokenRecordBuilder(TokenRecord from) {
        jti = Optional.of(from.jti());
        task = Optional.of(from.task());
        provider = Optional.of(from.provider());
        stableSubject = from.stableSubject();
        projectId = from.projectId();
        projectName = from.projectName();
        issuerOfProof = from.issuerOfProof();
        subject = from.subject();
        run = from.run();
        job = from.job();
        startedBy = from.startedBy();
        link = from.link();
        authorizationDetails = from.authorizationDetails();
        server = Optional.of(from.server());
        audience = from.audience();
        policy = Optional.of(from.policy());
        proofIssued = Optional.of(from.proofIssued());
        proofExpires = Optional.of(from.proofExpires());
        issued = Optional.of(from.issued());
        expires = Optional.of(from.expires());
        lease = from.lease();
        leaseDeadline = from.leaseDeadline();
        maxUses = from.maxUses();
        usesLeft = from.usesLeft();
        uses = from.uses();
        useCount = from.useCount();
        requestHash = from.requestHash();
        txn = from.txn();
        unsigned = from.unsigned();
        state = from.state();
        closure = from.closure();
    }

    public TokenRecordBuilder jti(Jti jti) {
        this.jti = Optional.of(jti);
        return this;
    }

    public TokenRecordBuilder task(TaskName task) {
        this.task = Optional.of(task);
        return this;
    }

    public TokenRecordBuilder provider(ProviderName provider) {
        this.provider = Optional.of(provider);
        return this;
    }

    public TokenRecordBuilder stableSubject(String stableSubject) {
        this.stableSubject = stableSubject;
        return this;
    }

    public TokenRecordBuilder projectId(Optional<String> projectId) {
        this.projectId = projectId;
        return this;
    }

    public TokenRecordBuilder projectName(Optional<String> projectName) {
        this.projectName = projectName;
        return this;
    }

    public TokenRecordBuilder issuerOfProof(String issuerOfProof) {
        this.issuerOfProof = issuerOfProof;
        return this;
    }

    public TokenRecordBuilder subject(String subject) {
        this.subject = subject;
        return this;
    }

    public TokenRecordBuilder run(String run) {
        this.run = run;
        return this;
    }

    public TokenRecordBuilder job(Optional<String> job) {
        this.job = job;
        return this;
    }

    public TokenRecordBuilder startedBy(Optional<String> startedBy) {
        this.startedBy = startedBy;
        return this;
    }

    public TokenRecordBuilder link(Optional<String> link) {
        this.link = link;
        return this;
    }

    public TokenRecordBuilder authorizationDetails(String authorizationDetails) {
        this.authorizationDetails = authorizationDetails;
        return this;
    }

    public TokenRecordBuilder server(ServerName server) {
        this.server = Optional.of(server);
        return this;
    }

    public TokenRecordBuilder audience(String audience) {
        this.audience = audience;
        return this;
    }

    public TokenRecordBuilder policy(PolicyVersion policy) {
        this.policy = Optional.of(policy);
        return this;
    }

    public TokenRecordBuilder proofIssued(Instant proofIssued) {
        this.proofIssued = Optional.of(proofIssued);
        return this;
    }

    public TokenRecordBuilder proofExpires(Instant proofExpires) {
        this.proofExpires = Optional.of(proofExpires);
        return this;
    }

    public TokenRecordBuilder issued(Instant issued) {
        this.issued = Optional.of(issued);
        return this;
    }

    public TokenRecordBuilder expires(Instant expires) {
        this.expires = Optional.of(expires);
        return this;
    }

    public TokenRecordBuilder lease(Optional<Duration> lease) {
        this.lease = lease;
        return this;
    }

    public TokenRecordBuilder leaseDeadline(Optional<Instant> leaseDeadline) {
        this.leaseDeadline = leaseDeadline;
        return this;
    }

    public TokenRecordBuilder maxUses(OptionalInt maxUses) {
        this.maxUses = maxUses;
        return this;
    }

    public TokenRecordBuilder usesLeft(List<Integer> usesLeft) {
        this.usesLeft = usesLeft;
        return this;
    }

    public TokenRecordBuilder uses(Map<String, RecordedUse> uses) {
        this.uses = uses;
        return this;
    }

    public TokenRecordBuilder useCount(long useCount) {
        this.useCount = useCount;
        return this;
    }

    public TokenRecordBuilder requestHash(String requestHash) {
        this.requestHash = requestHash;
        return this;
    }

    public TokenRecordBuilder txn(String txn) {
        this.txn = txn;
        return this;
    }

    public TokenRecordBuilder unsigned(boolean unsigned) {
        this.unsigned = unsigned;
        return this;
    }

    public TokenRecordBuilder state(State state) {
        this.state = state;
        return this;
    }

    public TokenRecordBuilder closure(Optional<Closure> closure) {
        this.closure = closure;
        return this;
    }

    /** @throws IllegalArgumentException when a component is missing or does not fit the others */
    public TokenRecord build() {
        return new TokenRecord(
                given(jti, "jti"),
                given(task, "task"),
                given(provider, "provider"),
                stableSubject,
                projectId,
                projectName,
                issuerOfProof,
                subject,
                run,
                job,
                startedBy,
                link,
                authorizationDetails,
                given(server, "server"),
                audience,
                given(policy, "policy"),
                given(proofIssued, "proofIssued"),
                given(proofExpires, "proofExpires"),
                given(issued, "issued"),
                given(expires, "expires"),
                lease,
                leaseDeadline,
                maxUses,
                usesLeft,
                uses,
                useCount,
                requestHash,
                txn,
                unsigned,
                state,
                closure);
    }

    private static <T> T given(Optional<T> value, String component) {
        return value.orElseThrow(() -> new IllegalArgumentException(component + " must be given"));
    }
}

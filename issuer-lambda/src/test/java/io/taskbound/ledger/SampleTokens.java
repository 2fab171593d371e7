// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Records as a GitHub run would give them; each of a proof, and where wanted a run, of its own. */
final class SampleTokens {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00.250Z");
    static final Instant EXPIRES = Instant.parse("2026-11-23T12:10:00Z");
    static final String DETAILS =
            "[{\"actions\":[\"sign\"],\"identifier\":\"artifact:acme/shop/app.jar@sha256:9f2c4a1be07d83f5c6a1d2e3f4b5a69788c0d1e2f3a4b5c6d7e8f90123456789\","
                    + "\"locations\":[\"https://signer.acme.example\"],\"task\":\"sign-release\",\"type\":\"task\"}]";

    private SampleTokens() {}

    static Jti jti() {
        return jtiOf(Nonce.of(16));
    }

    /** Another proof of the same run. */
    static Jti jtiOf(String runKey) {
        return new Jti(runKey, Nonce.of(24));
    }

    /** One use, no lease. */
    static TokenRecord token() {
        return builder(jti()).build();
    }

    static TokenRecord withUses(int most, int objects) {
        return limited(builder(jti()), most, objects).build();
    }

    static TokenRecordBuilder limited(TokenRecordBuilder builder, int most, int objects) {
        return builder.maxUses(OptionalInt.of(most)).usesLeft(Collections.nCopies(objects, most));
    }

    static TokenRecord unlimited() {
        return unlimited(builder(jti())).build();
    }

    static TokenRecordBuilder unlimited(TokenRecordBuilder builder) {
        return builder.maxUses(OptionalInt.empty()).usesLeft(List.of());
    }

    static TokenRecord leased(Duration lease) {
        return builder(jti())
                .lease(Optional.of(lease))
                .leaseDeadline(Optional.of(NOW.plus(lease)))
                .build();
    }

    static TokenRecordBuilder builder(Jti jti) {
        return limited(TokenRecord.builder(), 1, 1)
                .jti(jti)
                .task(new TaskName("sign-release"))
                .provider(new ProviderName("github"))
                .stableSubject("repo:1001/2002:environment:production")
                .projectId(Optional.of("2002"))
                .projectName(Optional.of("acme/shop"))
                .issuerOfProof("https://token.actions.githubusercontent.com")
                .subject("repo:acme@1001/shop@2002:environment:production")
                .run("2002/7001/1")
                .job(Optional.of("30433642"))
                .startedBy(Optional.of("octocat"))
                .link(Optional.of("https://github.com/acme/shop/actions/runs/7001/attempts/1"))
                .authorizationDetails(DETAILS)
                .server(new ServerName("signer"))
                .audience("https://signer.acme.example")
                .policy(new PolicyVersion(1, "4be1c0de".repeat(8)))
                .proofIssued(Instant.parse("2026-11-23T11:59:59Z"))
                .proofExpires(Instant.parse("2026-11-23T12:04:59Z"))
                .issued(NOW)
                .expires(EXPIRES)
                .requestHash("q3vTn0mOeLr1J9dO5c6zbA")
                .txn("6f1f6c8e-55f5-4b3c-9d2e-0b1f5f0a7c11");
    }

    static Closure closure(Instant at, Cause cause) {
        return new Closure(at, "holder", cause, Optional.empty());
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.token;

import io.taskbound.identity.Requester;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.policy.TokenType;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.task.Identifier;
import io.taskbound.task.Permission;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;

/** One task token's claims, as a test of this package needs them. */
final class SampleClaims {
    static final String ISSUER = "https://tokens.acme.example";
    static final Instant ISSUED = Instant.parse("2026-11-23T10:00:00.750Z");
    static final Jti JTI = new Jti("R".repeat(22), "P".repeat(32));

    private SampleClaims() {}

    static TaskClaims of(TokenType type) {
        return of(type, ISSUER, "repo:1001/2002");
    }

    static TaskClaims of(TokenType type, String issuer, String stableSubject) {
        var permission = new Permission(
                new TreeSet<>(List.of("sign")), "https://signer.acme.example", new Identifier("artifact:a"));
        return new TaskClaims(
                issuer,
                type,
                JTI,
                new TaskName("sign-release"),
                requester(stableSubject),
                "https://signer.acme.example",
                AuthorizationDetails.of(new TaskName("sign-release"), List.of(permission)),
                new PolicyVersion(3, "4b".repeat(32)),
                OptionalInt.of(1),
                Optional.empty(),
                Optional.empty(),
                "7c9e6679-7425-40de-944b-e07fc1f90ae7",
                ISSUED,
                Instant.parse("2026-11-23T10:10:00Z"));
    }

    private static Requester requester(String stableSubject) {
        return new Requester(
                new ProviderName("github"),
                "https://token.actions.githubusercontent.com",
                "repo:acme/shop:ref:refs/heads/main",
                stableSubject,
                Optional.empty(),
                Optional.empty(),
                "2002/7001/1",
                Optional.empty(),
                Optional.of("octocat"),
                Optional.empty(),
                ISSUED,
                ISSUED.plusSeconds(300));
    }
}

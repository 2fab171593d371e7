// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.digest.Base64Url;
import io.taskbound.identity.Requester;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.GrantedDetails;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.HolderVerifier;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Records as a GitHub run would give them; each of a proof, and where wanted a run, of its own. */
final class SampleTokens {
    static final Instant NOW = Instant.parse("2026-11-23T12:00:00.250Z");
    static final Instant EXPIRES = Instant.parse("2026-11-23T12:10:00Z");
    static final String DETAILS =
            "[{\"actions\":[\"sign\"],\"identifier\":\"artifact:acme/shop/app.jar@sha256:9f2c4a1be07d83f5c6a1d2e3f4b5a69788c0d1e2f3a4b5c6d7e8f90123456789\","
                    + "\"locations\":[\"https://signer.acme.example\"],\"task\":\"sign-release\",\"type\":\"task\"}]";

    static final HolderChallenge HOLDER =
            HolderVerifier.of("v".repeat(43)).orElseThrow().challenge();

    private SampleTokens() {}

    static Jti jti() {
        return jtiOf(Base64Url.random(16));
    }

    /** Another proof of the same run. */
    static Jti jtiOf(String runKey) {
        return new Jti(runKey, Base64Url.random(24));
    }

    /** One use, no lease. */
    static TokenRecord token() {
        return sample(jti()).record();
    }

    static TokenRecord withUses(int max, int objects) {
        return sample(jti()).withMaxUses(max, objects).record();
    }

    static TokenRecord unlimited() {
        return sample(jti()).withoutLimit().record();
    }

    static TokenRecord leased(Duration lease) {
        return sample(jti()).withLease(lease).record();
    }

    static SampleToken sample(Jti jti) {
        var requester = new Requester(
                new ProviderName("github"),
                "https://token.actions.githubusercontent.com",
                "repo:acme@1001/shop@2002:environment:production",
                "repo:1001/2002:environment:production",
                Optional.of("2002"),
                Optional.of("acme/shop"),
                "2002/7001/1",
                Optional.of("30433642"),
                Optional.of("octocat"),
                Optional.of("https://github.com/acme/shop/actions/runs/7001/attempts/1"),
                Instant.parse("2026-11-23T11:59:59Z"),
                Instant.parse("2026-11-23T12:04:59Z"));
        var grant = new RecordedGrant(
                new TaskName("sign-release"),
                GrantedDetails.recorded(DETAILS),
                new ServerName("signer"),
                "https://signer.acme.example",
                new PolicyVersion(1, "4be1c0de".repeat(8)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
        return new SampleToken(new TokenRecord(
                jti,
                requester,
                grant,
                Life.begin(NOW, EXPIRES, Optional.empty()),
                Uses.none(OptionalInt.of(1), 1),
                "q3vTn0mOeLr1J9dO5c6zbA",
                "6f1f6c8e-55f5-4b3c-9d2e-0b1f5f0a7c11",
                Optional.of(HOLDER),
                Optional.empty()));
    }

    static Closure closure(Instant at, Cause cause) {
        return new Closure(at, "holder", cause, Optional.empty());
    }
}

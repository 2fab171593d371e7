// SPDX-License-Identifier: Apache-2.0
package io.taskbound.contract;

import io.taskbound.identity.Requester;
import io.taskbound.json.JsonObject;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.policy.TokenType;
import io.taskbound.task.ProviderName;
import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import io.taskbound.token.SignerUnavailable;
import io.taskbound.token.TaskClaims;
import io.taskbound.token.TaskSigner;
import io.taskbound.token.TaskToken;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** What a thief of the signing key would make: our signature over claims that the ledger never saw. */
final class Unrecorded {
    private Unrecorded() {}

    static String token(JsonObject setting, TaskSigner signer, Instant now) {
        var claims = new TaskClaims(
                setting.string("issuer").orElseThrow(),
                TokenType.AT_JWT,
                new Jti("A".repeat(22), "B".repeat(32)),
                new TaskName("deploy"),
                requester(now),
                "https://deploy.acme.example",
                setting.object("details").orElseThrow().array("deploy").orElseThrow(),
                new PolicyVersion(1, "0".repeat(64)),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                UUID.randomUUID().toString(),
                now,
                now.plusSeconds(300));
        try {
            return TaskToken.sign(claims, signer).reveal();
        } catch (SignerUnavailable away) {
            throw new IllegalStateException(away);
        }
    }

    private static Requester requester(Instant now) {
        return new Requester(
                new ProviderName("github"),
                "https://token.actions.githubusercontent.com",
                "repo:acme/shop:ref:refs/heads/main",
                "repo:1001/2002",
                Optional.empty(),
                Optional.empty(),
                "2002/7001/1",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                now,
                now.plusSeconds(300));
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.identity;

import io.taskbound.json.JsonObject;
import io.taskbound.task.ProviderName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What is kept about the caller who was granted a token: the record keeps all of it, the token some. It contains no
 * claim that a profile does not name. Instants are cut to milliseconds.
 *
 * @param provider the policy's name of the provider that signed the ID token
 * @param issuer {@code iss} of the ID token
 * @param subject {@code sub} of the ID token
 * @param stableSubject the subject by immutable ids, such as {@code repo:1001/2002}
 * @param projectId the project's immutable id
 * @param run text that names the run within its issuer
 * @param job the part of the run that holds the token
 * @param startedBy the person, where the provider names one
 * @param link where people see the run
 * @param proofIssued {@code iat} of the ID token
 * @param proofExpires {@code exp} of the ID token
 */
public record Requester(
        ProviderName provider,
        String issuer,
        String subject,
        String stableSubject,
        Optional<String> projectId,
        Optional<String> projectName,
        String run,
        Optional<String> job,
        Optional<String> startedBy,
        Optional<String> link,
        Instant proofIssued,
        Instant proofExpires) {
    public Requester {
        requireText("issuer", issuer);
        requireText("subject", subject);
        requireText("stableSubject", stableSubject);
        requireText("run", run);
        proofIssued = proofIssued.truncatedTo(ChronoUnit.MILLIS);
        proofExpires = proofExpires.truncatedTo(ChronoUnit.MILLIS);
    }

    public static Requester of(Identity identity) {
        var caller = identity.caller();
        return new Requester(
                caller.provider(),
                caller.issuer(),
                caller.subject(),
                caller.stableSubject(),
                caller.projectId(),
                caller.projectName(),
                caller.run(),
                caller.job(),
                caller.startedBy(),
                caller.link(),
                identity.issuedAt(),
                identity.expiresAt());
    }

    /** The claim {@code act}: issuer and subject of the ID token (RFC 8693 section 4.1). */
    public JsonObject actor() {
        return JsonObject.builder().put("iss", issuer).put("sub", subject).build();
    }

    private static void requireText(String component, String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(component + " must not be empty");
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.identity.Identity;
import io.taskbound.json.JsonText;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.policy.Grant;
import io.taskbound.task.AuthorizationDetails;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Turns a grant into the record to be written. */
final class NewRecord {
    private NewRecord() {}

    static TokenRecord of(Identity identity, Grant grant, MintRequest request, Instant now) {
        var caller = identity.caller();
        var issued = now.truncatedTo(ChronoUnit.MILLIS);
        // From the whole second that the token's iat names, so that exp - iat is the lifetime and never more.
        var expires = issued.truncatedTo(ChronoUnit.SECONDS).plus(grant.lifetime());
        var lease = grant.lease();
        List<Integer> usesLeft = grant.maxUses().isPresent()
                ? Collections.nCopies(
                        grant.permissions().size(), grant.maxUses().getAsInt())
                : List.of();
        return TokenRecord.builder()
                .jti(Jti.of(identity.proof()))
                .task(grant.task())
                .provider(caller.provider())
                .stableSubject(caller.stableSubject())
                .projectId(caller.projectId())
                .projectName(caller.projectName())
                .issuerOfProof(caller.issuer())
                .subject(caller.subject())
                .run(caller.run())
                .job(caller.job())
                .startedBy(caller.startedBy())
                .link(caller.link())
                .authorizationDetails(JsonText.canonical(AuthorizationDetails.of(grant.task(), grant.permissions())))
                .server(grant.server().name())
                .audience(grant.server().audience())
                .policy(grant.policy())
                .proofIssued(identity.issuedAt())
                .proofExpires(identity.expiresAt())
                .issued(issued)
                .expires(expires)
                .lease(lease)
                .leaseDeadline(lease.map(length -> earlier(issued.plus(length), expires)))
                .maxUses(grant.maxUses())
                .usesLeft(usesLeft)
                .requestHash(RequestHash.of(request.task()))
                .txn(request.txn().orElseGet(() -> UUID.randomUUID().toString()))
                .build();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}

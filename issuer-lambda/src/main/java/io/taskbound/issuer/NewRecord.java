// SPDX-License-Identifier: Apache-2.0
package io.taskbound.issuer;

import io.taskbound.identity.Identity;
import io.taskbound.identity.Requester;
import io.taskbound.ledger.Life;
import io.taskbound.ledger.RecordedGrant;
import io.taskbound.ledger.TokenRecord;
import io.taskbound.ledger.Uses;
import io.taskbound.policy.Grant;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Turns a grant into the record to be written. */
final class NewRecord {
    private NewRecord() {}

    /** @param offered a key of the client's; bound to the token if the policy says so */
    static TokenRecord of(
            Identity identity, Grant grant, MintRequest request, Optional<KeyThumbprint> offered, Instant now) {
        var issued = now.truncatedTo(ChronoUnit.MILLIS);
        // From the whole second that the token's iat names, so that exp - iat is the lifetime and never more.
        var wanted = issued.truncatedTo(ChronoUnit.SECONDS).plus(grant.lifetime());
        // exp has whole seconds, and never names one after the window.
        var expires = grant.window()
                .map(window -> window.end().truncatedTo(ChronoUnit.SECONDS))
                .filter(wanted::isAfter)
                .orElse(wanted);
        return new TokenRecord(
                Jti.of(identity.proof()),
                Requester.of(identity),
                RecordedGrant.of(grant),
                Life.begin(issued, expires, grant.lease()),
                Uses.none(grant.maxUses(), grant.permissions().size()),
                RequestHash.of(request.task(), offered),
                request.txn().orElseGet(() -> UUID.randomUUID().toString()),
                request.challenge(),
                offered.filter(any -> grant.server().proof().binds()));
    }
}

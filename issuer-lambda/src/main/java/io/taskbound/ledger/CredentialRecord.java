// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.task.ServerName;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the ledger knows about the foreign credential of one token. It contains no secret in clear. Instants are cut to
 * milliseconds.
 *
 * @param handle of the token that it belongs to
 * @param kind of the resource server
 * @param asked when the service was asked for it last
 * @param until when it is dead for certain, even if nobody revokes it
 * @param lost until when another one may be alive, of an earlier attempt of which no answer was heard
 * @param sealed what revoking it needs; absent where it cannot be revoked, and once it is gone
 * @param ended when it was revoked, or died by itself
 * @param deliveries how often one was handed out
 * @param look when the sweeper looks at it next; absent when nothing is left to be done
 */
public record CredentialRecord(
        Jti handle,
        ServerName server,
        String kind,
        CredentialPhase phase,
        Instant asked,
        Instant until,
        Optional<Instant> lost,
        Optional<String> sealed,
        Optional<Instant> ended,
        long deliveries,
        Optional<Instant> look,
        String write) {
    public CredentialRecord {
        asked = asked.truncatedTo(ChronoUnit.MILLIS);
        until = until.truncatedTo(ChronoUnit.MILLIS);
        lost = lost.map(at -> at.truncatedTo(ChronoUnit.MILLIS));
        ended = ended.map(at -> at.truncatedTo(ChronoUnit.MILLIS));
        look = look.map(at -> at.truncatedTo(ChronoUnit.MILLIS));
    }

    /** One that is about to be asked for, for the first time. */
    public static CredentialRecord asking(TokenRecord token, String kind, Instant now, Instant until, Instant look) {
        return new CredentialRecord(
                token.jti(),
                token.grant().server(),
                kind,
                CredentialPhase.ASKED,
                now,
                until,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.of(look),
                "");
    }

    /** About to be asked for once more; what was asked before without an answer stays known. */
    public CredentialRecord askingAgain(Instant now, Instant newUntil, Instant newLook) {
        return new CredentialRecord(
                handle,
                server,
                kind,
                CredentialPhase.ASKED,
                now,
                newUntil,
                unanswered(now),
                Optional.empty(),
                Optional.empty(),
                deliveries,
                Optional.of(newLook),
                write);
    }

    private Optional<Instant> unanswered(Instant now) {
        var latest = phase == CredentialPhase.ASKED || phase == CredentialPhase.LOST
                ? Optional.of(lost.filter(until::isBefore).orElse(until))
                : lost;
        return latest.filter(now::isBefore);
    }

    /** Handed out, alive until then. */
    public CredentialRecord delivered(Instant newUntil, Optional<String> newSealed, Instant newLook) {
        return with(
                CredentialPhase.DELIVERED, newUntil, newSealed, Optional.empty(), deliveries + 1, Optional.of(newLook));
    }

    /** About to be handed out once more, alive until then; the one before it dies by itself. */
    public CredentialRecord refreshed(Instant newUntil) {
        var later = newUntil.isAfter(until) ? newUntil : until;
        return with(CredentialPhase.DELIVERED, later, Optional.empty(), Optional.empty(), deliveries + 1, look);
    }

    /** No answer was heard: until its end it may be alive, and nobody can revoke it. */
    public CredentialRecord unheard() {
        return with(
                CredentialPhase.LOST, until, Optional.empty(), Optional.empty(), deliveries, Optional.of(aliveUntil()));
    }

    /** The service made none; an earlier one may be alive all the same. */
    public CredentialRecord notMade() {
        return lost.isPresent()
                ? with(CredentialPhase.LOST, lost.get(), Optional.empty(), Optional.empty(), deliveries, lost)
                : with(
                        CredentialPhase.NOT_MADE,
                        until,
                        Optional.empty(),
                        Optional.empty(),
                        deliveries,
                        Optional.empty());
    }

    /** The service said that it is gone. An earlier one, of which no answer was heard, may be alive all the same. */
    public CredentialRecord revoked(Instant at) {
        var unheard = lost.filter(at::isBefore);
        return unheard.isPresent()
                ? with(CredentialPhase.LOST, unheard.get(), Optional.empty(), Optional.empty(), deliveries, unheard)
                : with(CredentialPhase.REVOKED, until, Optional.empty(), Optional.of(at), deliveries, Optional.empty());
    }

    /** It, and whatever else was asked for, has died by itself. */
    public CredentialRecord expired() {
        return with(
                CredentialPhase.EXPIRED,
                until,
                Optional.empty(),
                Optional.of(aliveUntil()),
                deliveries,
                Optional.empty());
    }

    /** To be looked at then. */
    public CredentialRecord lookedAt(Instant next) {
        return with(phase, until, sealed, ended, deliveries, Optional.of(next));
    }

    private CredentialRecord with(
            CredentialPhase newPhase,
            Instant newUntil,
            Optional<String> newSealed,
            Optional<Instant> newEnded,
            long newDeliveries,
            Optional<Instant> newLook) {
        return new CredentialRecord(
                handle,
                server,
                kind,
                newPhase,
                asked,
                newUntil,
                lost,
                newSealed,
                newEnded,
                newDeliveries,
                newLook,
                write);
    }

    CredentialRecord written(String mark) {
        return new CredentialRecord(
                handle, server, kind, phase, asked, until, lost, sealed, ended, deliveries, look, mark);
    }

    /** Until when anything that was asked for may be alive, if nobody revokes it. */
    public Instant aliveUntil() {
        return lost.filter(until::isBefore).orElse(until);
    }
}

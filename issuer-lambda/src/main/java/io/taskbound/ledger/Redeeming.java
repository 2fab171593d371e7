// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.DETAILS;
import static io.taskbound.ledger.Attributes.MAX_USES;
import static io.taskbound.ledger.Attributes.USES;
import static io.taskbound.ledger.Attributes.USES_LEFT;
import static io.taskbound.ledger.Attributes.USE_COUNT;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.digest.Base64Url;
import io.taskbound.ledger.Redemption.First;
import io.taskbound.ledger.Redemption.Refused;
import io.taskbound.ledger.Redemption.Repeat;
import io.taskbound.ledger.Redemption.Why;
import io.taskbound.token.Jti;

/** One use of one token: the writes that count it, and what a refused write means. */
final class Redeeming {
    private static final int NONCE_BYTES = 6;
    private static final String PERMITTED = Conditions.ACTIVE + " AND " + Conditions.IN_TIME + " AND " + DETAILS
            + " = :ad AND attribute_not_exists(" + USES + ".#use)";
    private static final String ROOM = "(attribute_exists(" + MAX_USES + ") OR size(" + USES + ") < :most)";

    private final Jti jti;
    private final String authorizationDetails;
    private final String useKey;
    private final RecordedUse use;
    /** Tells this write's own repetition by the SDK from a second call with the same key. */
    private final String write = Base64Url.random(NONCE_BYTES);

    Redeeming(Jti jti, String authorizationDetails, String useKey, RecordedUse use) {
        this.jti = jti;
        this.authorizationDetails = authorizationDetails;
        this.useKey = useKey;
        this.use = use;
    }

    /** Counts the use and remembers it; refused when a token without limit remembers enough already. */
    Update counted() {
        return update(
                        PERMITTED + " AND " + left() + " > :zero AND " + ROOM,
                        "SET " + count() + ", " + USES + ".#use = :use")
                .with(":use", UseItem.of(use, write))
                .with(":most", (long) Uses.MAX_REMEMBERED);
    }

    /** Counts the use of a token without limit that remembers enough already. */
    Update countedOnly() {
        return update(
                PERMITTED + " AND attribute_not_exists(" + MAX_USES + ") AND " + left() + " > :zero", "SET " + count());
    }

    private Update update(String condition, String change) {
        return Update.of("redeem", Key.token(jti), condition, change)
                .withName("#use", useKey)
                .with(":active", TokenItem.ACTIVE)
                .with(":now", use.at().toEpochMilli())
                .with(":ad", authorizationDetails)
                .with(":zero", 0L)
                .with(":one", 1L);
    }

    private String left() {
        return USES_LEFT + "[" + use.object() + "]";
    }

    private String count() {
        return left() + " = " + left() + " - :one, " + USE_COUNT + " = " + USE_COUNT + " + :one";
    }

    /** Why {@link #counted} was refused. A dead token is dead even to a repeat, except one that is merely spent. */
    Redemption judge(Item there) {
        var token = TokenItem.read(there);
        if (token.life().state() != State.ACTIVE) {
            return new Refused(token, Why.CLOSED);
        }
        if (token.life().hasLapsed(use.at())) {
            return new Refused(token, Why.LAPSED);
        }
        if (!use.at().isBefore(token.life().expires())) {
            return new Refused(token, Why.EXPIRED);
        }
        if (!token.grant().details().text().equals(authorizationDetails)) {
            return new Refused(token, Why.NOT_PERMITTED);
        }
        return token.uses().remembered().containsKey(useKey)
                ? judgeKnown(token, there.item(USES).item(useKey))
                : new Refused(token, use.object() < token.uses().left().size() ? Why.SPENT : Why.NOT_PERMITTED);
    }

    private Redemption judgeKnown(TokenRecord token, Item known) {
        if (known.text(WRITE).equals(write)) {
            return new First(token);
        }
        var before = UseItem.read(known);
        return before.object() == use.object() && before.action().equals(use.action())
                ? new Repeat(token)
                : new Refused(token, Why.NOT_PERMITTED);
    }

    /** Whether only the memory of a token without limit was full. */
    boolean mayBeCountedOnly(Redemption judged) {
        return judged instanceof Refused refused
                && refused.there().uses().max().isEmpty()
                && refused.there().livenessAt(use.at()) == Liveness.ALIVE
                && refused.there().uses().remembered().size() >= Uses.MAX_REMEMBERED
                && !refused.there().uses().remembered().containsKey(useKey)
                && refused.there().grant().details().text().equals(authorizationDetails);
    }
}

// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CREDENTIAL_ASKED;
import static io.taskbound.ledger.Attributes.CREDENTIAL_ENDED;
import static io.taskbound.ledger.Attributes.CREDENTIAL_KIND;
import static io.taskbound.ledger.Attributes.CREDENTIAL_LOST;
import static io.taskbound.ledger.Attributes.CREDENTIAL_PHASE;
import static io.taskbound.ledger.Attributes.CREDENTIAL_SEALED;
import static io.taskbound.ledger.Attributes.CREDENTIAL_UNTIL;
import static io.taskbound.ledger.Attributes.DELIVERIES;
import static io.taskbound.ledger.Attributes.FIRST_DEADLINE;
import static io.taskbound.ledger.Attributes.SERVER;
import static io.taskbound.ledger.Attributes.SWEEP_SHARD;
import static io.taskbound.ledger.Attributes.TTL;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.task.ServerName;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.util.Optional;

/** The foreign credential of a token as an item. */
final class CredentialItem {
    private static final String RUN = "R#";

    private CredentialItem() {}

    /** Under what a token remembers the delivery for this object. */
    static String useKey(int object) {
        return "c" + object;
    }

    /** {@code mark} names this write, so that its own repetition is recognised. */
    static Item of(CredentialRecord record, String mark, Duration retention) {
        var draft = Item.draft()
                .key(Key.credential(record.handle()))
                .text(SERVER, record.server().value())
                .text(CREDENTIAL_KIND, record.kind())
                .text(CREDENTIAL_PHASE, record.phase().stored())
                .time(CREDENTIAL_ASKED, record.asked())
                .time(CREDENTIAL_UNTIL, record.until())
                .time(CREDENTIAL_LOST, record.lost())
                .text(CREDENTIAL_SEALED, record.sealed())
                .time(CREDENTIAL_ENDED, record.ended())
                .number(DELIVERIES, record.deliveries())
                .text(WRITE, mark)
                .number(
                        TTL,
                        record.aliveUntil()
                                .plus(Ledger.MAX_SKEW)
                                .plus(retention)
                                .getEpochSecond());
        record.look()
                .ifPresent(
                        look -> draft.text(SWEEP_SHARD, shard(record.handle())).time(FIRST_DEADLINE, look));
        return draft.build();
    }

    private static String shard(Jti handle) {
        return shard(Math.floorMod(handle.proof().hashCode(), Credentials.SHARDS));
    }

    /** Behind those of the tokens, which another sweep looks at. */
    static String shard(int number) {
        return Integer.toString(Sweeper.SHARDS + number);
    }

    static CredentialRecord read(Item item) {
        try {
            return new CredentialRecord(
                    jti(item.key()),
                    new ServerName(item.text(SERVER)),
                    item.text(CREDENTIAL_KIND),
                    CredentialPhase.read(item.text(CREDENTIAL_PHASE)),
                    item.time(CREDENTIAL_ASKED),
                    item.time(CREDENTIAL_UNTIL),
                    item.optionalTime(CREDENTIAL_LOST),
                    item.optionalText(CREDENTIAL_SEALED),
                    item.optionalTime(CREDENTIAL_ENDED),
                    item.number(DELIVERIES),
                    item.optionalTime(FIRST_DEADLINE),
                    item.text(WRITE));
        } catch (IllegalArgumentException misfit) {
            throw LedgerUnavailable.unreadable("of a credential");
        }
    }

    private static Jti jti(Key key) {
        return handle(key).orElseThrow(() -> LedgerUnavailable.unreadable("pk or sk"));
    }

    /** Of the token that the credential with this key belongs to; empty for the key of anything else. */
    static Optional<Jti> handle(Key key) {
        return key.pk().startsWith(RUN) && key.sk().startsWith(Key.CREDENTIALS)
                ? Jti.parse(key.pk().substring(RUN.length()) + "." + key.sk().substring(Key.CREDENTIALS.length()))
                : Optional.empty();
    }
}

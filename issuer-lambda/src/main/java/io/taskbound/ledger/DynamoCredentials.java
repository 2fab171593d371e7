// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.DETAILS;
import static io.taskbound.ledger.Attributes.HOLDER_CHALLENGE;
import static io.taskbound.ledger.Attributes.USES;
import static io.taskbound.ledger.Attributes.USES_LEFT;
import static io.taskbound.ledger.Attributes.USE_COUNT;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.digest.Base64Url;
import io.taskbound.ledger.DynamoTable.Position;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The foreign credentials in the ledger's table. */
final class DynamoCredentials implements Credentials {
    private static final int NONCE_BYTES = 9;
    private static final int USE_NONCE_BYTES = 6;

    private final DynamoTable table;
    private final DenyListCache denyLists;
    private final Duration retention;

    DynamoCredentials(DynamoTable table, DenyListCache denyLists, Duration retention) {
        this.table = table;
        this.denyLists = denyLists;
        this.retention = retention;
    }

    @Override
    public Look look(Jti jti) {
        var token = Key.token(jti);
        var control = Key.control(jti.run());
        var credential = Key.credential(jti);
        var items = table.get("credential", List.of(token, control, Key.DENY_HEAD, credential));
        var closings = ControlItem.read(items, control);
        var record = Optional.ofNullable(items.get(token)).map(TokenItem::read).map(closings::standing);
        return new Look(
                new Lookup(record, denyLists.at(items)),
                Optional.ofNullable(items.get(credential)).map(CredentialItem::read));
    }

    @Override
    public Optional<TokenRecord> count(TokenRecord seen, HolderChallenge holder, Instant now) {
        var update = counting(seen, holder, now);
        return table.update(update)
                .match(
                        applied -> Optional.of(TokenItem.read(applied.after())),
                        refused -> refused.there()
                                .map(TokenItem::read)
                                .filter(Credentials::isCounted)
                                .filter(token -> token.holder().equals(Optional.of(holder)))
                                .filter(token -> token.livenessAt(now) == Liveness.ALIVE));
    }

    private static Update counting(TokenRecord seen, HolderChallenge holder, Instant now) {
        int objects = seen.grant().details().json().items().size();
        var condition = String.join(
                " AND ",
                Conditions.ACTIVE,
                Conditions.IN_TIME,
                HOLDER_CHALLENGE + " = :holder",
                DETAILS + " = :ad",
                "attribute_not_exists(" + use(0) + ")");
        var each = IntStream.range(0, objects)
                .mapToObj(object -> USES_LEFT + "[" + object + "] = " + USES_LEFT + "[" + object + "] - :one, "
                        + use(object) + " = :use" + object)
                .collect(Collectors.joining(", "));
        var update = Update.of(
                        "credential",
                        Key.token(seen.jti()),
                        condition,
                        "SET " + each + ", " + USE_COUNT + " = " + USE_COUNT + " + :objects")
                .with(":active", TokenItem.ACTIVE)
                .with(":now", now.toEpochMilli())
                .with(":holder", holder.value())
                .with(":ad", seen.grant().details().text())
                .with(":one", 1L)
                .with(":objects", (long) objects);
        var mark = Base64Url.random(USE_NONCE_BYTES);
        for (int object = 0; object < objects; object++) {
            update = update.with(":use" + object, UseItem.of(new RecordedUse(now, object, ACTION), mark));
        }
        return update;
    }

    private static String use(int object) {
        return USES + "." + CredentialItem.useKey(object);
    }

    @Override
    public Optional<CredentialRecord> write(CredentialRecord next, Optional<CredentialRecord> seen) {
        var mark = Base64Url.random(NONCE_BYTES);
        var item = CredentialItem.of(next, mark, retention);
        var there = seen.isPresent()
                ? table.putIfStill("credential", item, WRITE, seen.get().write())
                : table.putIfAbsent("credential", item);
        // The SDK repeats a put whose answer was lost; what stands there then may be this very write.
        boolean written = there.isEmpty() || there.get().optionalText(WRITE).equals(Optional.of(mark));
        return written ? Optional.of(next.written(mark)) : Optional.empty();
    }

    @Override
    public boolean due(int shard, Instant now, Predicate<Jti> next) {
        Optional<Position> from = Optional.empty();
        boolean readable = true;
        do {
            var page = table.due(CredentialItem.shard(shard), now, from);
            for (var entry : page.entries()) {
                var handle = CredentialItem.handle(entry.key());
                readable &= handle.isPresent();
                if (handle.isPresent() && !next.test(handle.get())) {
                    return false;
                }
            }
            from = page.next();
        } while (from.isPresent());
        if (!readable) {
            // Said when all others are done, which must not wait for somebody to remove it.
            throw LedgerUnavailable.unreadable("pk or sk");
        }
        return true;
    }
}

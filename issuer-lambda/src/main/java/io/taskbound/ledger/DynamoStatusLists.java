// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.ALLOTTED;
import static io.taskbound.ledger.Attributes.ENDED_ENTRIES;
import static io.taskbound.ledger.Attributes.LIST_KEY;
import static io.taskbound.ledger.Attributes.TTL;

import io.taskbound.digest.Base64Url;
import io.taskbound.status.IndexPermutation;
import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusList;
import io.taskbound.status.StatusListName;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Status lists in the ledger's table: a head that counts, and pieces that hold what has ended. */
final class DynamoStatusLists implements StatusLists {
    /** Entries of one piece, few enough for its item to cost at most two write units. */
    static final int PIECE = 256;

    private static final Duration KEPT = Duration.ofDays(1);

    private final DynamoTable table;
    /** Where the last place was found. */
    private volatile Optional<StatusListName> current = Optional.empty();

    DynamoStatusLists(DynamoTable table) {
        this.table = table;
    }

    @Override
    public StatusEntry allot(Instant now) {
        var first = StatusListName.at(now, 0);
        int from = current.filter(name -> name.hour() == first.hour())
                .map(StatusListName::number)
                .orElse(0);
        for (int number = from; number < StatusListName.MAX_LISTS; number++) {
            var name = StatusListName.at(now, number);
            var head = count(name);
            if (head.isPresent()) {
                current = Optional.of(name);
                return new StatusEntry(name, index(head.get()));
            }
        }
        throw new LedgerUnavailable("status list: no place is left in this hour");
    }

    /** The head after this token was counted; empty when the list is full. */
    private Optional<Item> count(StatusListName name) {
        var outcome = table.update(counting(name));
        if (outcome instanceof Update.Outcome.Refused refused && refused.there().isEmpty()) {
            table.putIfAbsent("begin list", head(name));
            outcome = table.update(counting(name));
        }
        return outcome instanceof Update.Outcome.Applied applied ? Optional.of(applied.after()) : Optional.empty();
    }

    private static Update counting(StatusListName name) {
        return Update.of("allot", Key.statusList(name), ALLOTTED + " < :capacity", "ADD " + ALLOTTED + " :one")
                .with(":capacity", (long) StatusList.CAPACITY)
                .with(":one", 1L);
    }

    private static Item head(StatusListName name) {
        return Item.draft()
                .key(Key.statusList(name))
                .text(LIST_KEY, Base64Url.random(IndexPermutation.KEY_BYTES))
                .number(ALLOTTED, 0)
                .number(TTL, ttl(name))
                .build();
    }

    private static int index(Item head) {
        var key = Base64Url.decode(head.text(LIST_KEY))
                .filter(bytes -> bytes.length == IndexPermutation.KEY_BYTES)
                .orElseThrow(() -> LedgerUnavailable.unreadable(LIST_KEY));
        return new IndexPermutation(key).apply(Math.toIntExact(head.number(ALLOTTED) - 1));
    }

    private static long ttl(StatusListName name) {
        return name.goneAt().plus(KEPT).getEpochSecond();
    }

    @Override
    public void end(StatusEntry entry) {
        table.update(Update.of(
                        "end in list",
                        Key.statusPiece(entry.list(), entry.index() / PIECE),
                        "",
                        "ADD " + ENDED_ENTRIES + " :entry SET #ttl = :ttl")
                .withName("#ttl", TTL)
                .with(":entry", Set.of((long) (entry.index() % PIECE)))
                .with(":ttl", ttl(entry.list())));
    }

    @Override
    public Optional<BitSet> ended(StatusListName list) {
        var head = Key.statusList(list);
        if (!table.get("status list", List.of(head)).containsKey(head)) {
            return Optional.empty();
        }
        var ended = new BitSet(StatusList.CAPACITY);
        for (var piece : table.query("status list", head.pk(), Key.STATUS_PIECES)) {
            int first = Key.numberOfPiece(piece.key()) * PIECE;
            piece.numberSet(ENDED_ENTRIES).forEach(entry -> ended.set(first + Math.toIntExact(entry)));
        }
        return Optional.of(ended);
    }
}

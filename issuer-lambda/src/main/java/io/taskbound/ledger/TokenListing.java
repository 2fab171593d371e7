// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.task.TaskName;
import io.taskbound.token.Jti;
import java.time.Instant;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Lists tokens, for people. The listing index says which tokens exist, and may lag by a moment; their records are read
 * consistently. It never scans and writes nothing. Every method, and every iterator it gives, may throw
 * {@link LedgerUnavailable}.
 */
public final class TokenListing {
    private final DynamoTable table;

    public TokenListing(DynamoTable table) {
        this.table = table;
    }

    /** What is at the place that the index points to. */
    public sealed interface Found {
        record Readable(TokenRecord token) implements Found {}

        /** @param key where it is: text from outside */
        record Unreadable(String key) implements Found {}
    }

    public Optional<Found> find(Jti jti) {
        return look(List.of(Key.token(jti))).stream().findFirst();
    }

    /** The foreign credential that was asked for with a token, if one was. */
    public Optional<CredentialRecord> credential(Jti jti) {
        var key = Key.credential(jti);
        return Optional.ofNullable(table.get("list", List.of(key)).get(key)).map(CredentialItem::read);
    }

    /** Every token of a run, whatever its task and age, without the index. */
    public List<Found> ofRun(String runKey) {
        var control = table.getEach("list", List.of(Key.control(runKey)));
        return table.queryEach("list", Key.run(runKey), Key.TOKENS).entrySet().stream()
                .map(there -> found(there.getKey(), there.getValue(), control))
                .toList();
    }

    /**
     * The tokens of these tasks that were issued in this span of time, both ends included; the newest first, and those
     * of one instant by their handles. Read as it goes.
     *
     * @param after continues after this token, which need not exist any more
     */
    public Iterator<Found> newestFirst(
            Collection<TaskName> tasks, Instant from, Instant to, Optional<TokenRecord> after) {
        var end = after.map(token -> token.life().issued()).filter(to::isAfter).orElse(to);
        return new FoundInBatches(new NewestFirst(table, tasks, from, end, after), this::look);
    }

    private List<Found> look(List<Key> keys) {
        var there = table.getEach("list", withControls(keys));
        var inOrder = new LinkedHashMap<Key, Optional<Item>>();
        // What the table has forgotten since is left out.
        keys.stream().filter(there::containsKey).forEach(key -> inOrder.put(key, there.get(key)));
        return inOrder.entrySet().stream()
                .map(each -> found(each.getKey(), each.getValue(), there))
                .toList();
    }

    /** Closing a run is one write, to its control item; the records of its tokens may not say so yet. */
    private static List<Key> withControls(List<Key> tokens) {
        var controls = tokens.stream().map(Key::controlOfRun).distinct();
        return Stream.concat(tokens.stream(), controls).toList();
    }

    private static Found found(Key key, Optional<Item> item, Map<Key, Optional<Item>> controls) {
        try {
            return item.<Found>map(
                            known -> new Found.Readable(closings(key, controls).standing(TokenItem.read(known))))
                    .orElseGet(() -> unreadable(key));
        } catch (LedgerUnavailable notOurs) {
            return unreadable(key);
        }
    }

    private static RunClosings closings(Key token, Map<Key, Optional<Item>> controls) {
        var control = controls.get(token.controlOfRun());
        return control == null
                ? RunClosings.NONE
                : control.map(ControlItem::read).orElseThrow(() -> LedgerUnavailable.unreadable("of a run"));
    }

    private static Found unreadable(Key key) {
        return new Found.Unreadable(key.pk() + " " + key.sk());
    }
}

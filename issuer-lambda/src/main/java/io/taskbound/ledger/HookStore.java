// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.HOOK_SECRETS;
import static io.taskbound.ledger.Attributes.VERSION;

import io.taskbound.task.HookName;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The secrets of hooks in the table: one item for each hook, with its active secrets. A change is written on condition
 * that the item is as its writer has seen it. Every method may throw {@link LedgerUnavailable}.
 */
public final class HookStore {
    /** So many of one hook may be active, so that one can take the other's place without a gap. */
    public static final int MOST_ACTIVE = 2;

    /** Issuers follow a change within this. */
    public static final Duration FOLLOWED_WITHIN = Duration.ofSeconds(10);

    private final DynamoTable table;

    public HookStore(DynamoTable table) {
        this.table = table;
    }

    /**
     * The active secrets of one hook at one moment.
     *
     * @param version of the item: what a change must name; 0 where there is none
     * @param active the oldest first
     */
    public record Secrets(long version, List<SealedHookSecret> active) {
        public static final Secrets NONE = new Secrets(0, List.of());

        public Secrets {
            active = List.copyOf(active);
        }
    }

    public Secrets read(HookName hook) {
        var key = Key.hook(hook);
        return Optional.ofNullable(table.get("hook's secrets", List.of(key)).get(key))
                .map(HookItem::read)
                .orElse(Secrets.NONE);
    }

    /** Of every hook that ever had one, by name. */
    public Map<HookName, Secrets> all() {
        return table.query("hooks' secrets", Key.HOOK, Key.HOOK_SECRETS).stream()
                .collect(Collectors.toMap(
                        HookItem::hook,
                        HookItem::read,
                        (one, other) -> one,
                        () -> new TreeMap<>(Comparator.comparing(HookName::value))));
    }

    /** Makes these the active ones, if nobody has changed anything since; false when somebody has. */
    public boolean write(HookName hook, Secrets seen, List<SealedHookSecret> active) {
        if (active.size() > MOST_ACTIVE) {
            throw new IllegalArgumentException("at most " + MOST_ACTIVE + " secrets may be active");
        }
        var first = seen.version() == 0;
        var condition = first ? "attribute_not_exists(" + VERSION + ")" : VERSION + " = :before";
        var change = Update.of(
                        "hook's secrets",
                        Key.hook(hook),
                        condition,
                        "SET " + VERSION + " = :v, " + HOOK_SECRETS + " = :secrets")
                .with(":v", seen.version() + 1)
                .with(":secrets", HookItem.secrets(active));
        var outcome = table.update(first ? change : change.with(":before", seen.version()));
        return outcome.match(
                applied -> true,
                // The SDK repeats a write whose answer was lost; what stands there then may be this very one.
                refused -> refused.there()
                        .map(HookItem::read)
                        .filter(there -> there.version() == seen.version() + 1)
                        .filter(there -> there.active().equals(active))
                        .isPresent());
    }
}

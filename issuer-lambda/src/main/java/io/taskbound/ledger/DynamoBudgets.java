// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.Budget;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Budgets in the ledger's table; docs/ledger.md argues why a limit holds whoever races and whoever dies. */
final class DynamoBudgets implements Budgets {
    /** Longer than any run: a CI's run waits for people for weeks, and its one token must not be forgotten. */
    private static final Duration ONCE_KEPT = Duration.ofDays(90);
    /** A record and its run's control item for each, and the deny list's head: what one request may ask for. */
    private static final int LOOKED_AT_ONCE = 48;

    private final DynamoTable table;
    private final DenyListCache denyLists;
    private final Duration retention;

    /** @param retention how long a record stays readable after its token's expiry, at least */
    DynamoBudgets(DynamoTable table, DenyListCache denyLists, Duration retention) {
        this.table = table;
        this.denyLists = denyLists;
        this.retention = retention;
    }

    @Override
    public Claims claim(TokenRecord token, Budget budget, Instant now) {
        var claimed = new EnumMap<OverBudget, BudgetSlot>(OverBudget.class);
        for (var limit : BudgetLimit.of(token, budget)) {
            var slot = claim(limit, token, now);
            if (slot.isEmpty()) {
                claimed.values().forEach(this::giveBack);
                return Claims.refused(token.jti(), limit.exceeded());
            }
            claimed.put(limit.exceeded(), slot.get());
        }
        return Claims.of(token.jti(), claimed);
    }

    private Optional<BudgetSlot> claim(BudgetLimit limit, TokenRecord token, Instant now) {
        var slots = slots(limit);
        for (var slot : slots.values()) {
            if (slot.holder().equals(token.jti())) {
                return claim(BudgetSlot.of(slot.key(), token, now), Optional.of(slot), limit);
            }
        }
        for (var key : keys(limit, token)) {
            if (!slots.containsKey(key)) {
                var claimed = claim(BudgetSlot.of(key, token, now), Optional.empty(), limit);
                if (claimed.isPresent()) {
                    return claimed;
                }
            }
        }
        var taken = keys(limit, token).stream()
                .filter(slots::containsKey)
                .map(slots::get)
                .toList();
        for (int from = 0; from < taken.size(); from += LOOKED_AT_ONCE) {
            for (var free : free(taken.subList(from, Math.min(taken.size(), from + LOOKED_AT_ONCE)), limit, now)) {
                var claimed = claim(BudgetSlot.of(free.slot().key(), token, now), Optional.of(free.slot()), limit);
                if (claimed.isPresent() && (free.ended() || isAbandoned(free.slot(), claimed.get(), limit))) {
                    return claimed;
                }
            }
        }
        return Optional.empty();
    }

    /** From a place of its own on, so that racing mints do not all try the same slot. */
    private static List<Key> keys(BudgetLimit limit, TokenRecord token) {
        int first = Math.floorMod(token.jti().proof().hashCode(), limit.slots());
        var keys = new ArrayList<Key>();
        for (int i = 0; i < limit.slots(); i++) {
            keys.add(limit.slot((first + i) % limit.slots()));
        }
        return keys;
    }

    private Map<Key, BudgetSlot> slots(BudgetLimit limit) {
        var slots = new LinkedHashMap<Key, BudgetSlot>();
        table.query("budget", limit.pk(), limit.prefix()).stream()
                .map(BudgetSlot::read)
                .forEach(slot -> slots.put(slot.key(), slot));
        return slots;
    }

    /** @param seen what stood there; empty when nothing did */
    private Optional<BudgetSlot> claim(BudgetSlot wanted, Optional<BudgetSlot> seen, BudgetLimit limit) {
        var kept = limit.countsTheDead() ? ONCE_KEPT : Duration.ZERO;
        var there = seen.isPresent()
                ? standing(table.update(wanted.instead(seen.get(), kept)))
                : table.putIfAbsent("claim", wanted.item(kept));
        // The SDK repeats a write whose answer was lost, and the same client may ask twice at once.
        var standing = there.map(BudgetSlot::read).orElse(wanted);
        return Optional.of(standing).filter(slot -> slot.holder().equals(wanted.holder()));
    }

    /** What the slot holds after the update, or what refused it. Slots are never deleted before their time. */
    private static Optional<Item> standing(Update.Outcome outcome) {
        return outcome.match(
                applied -> Optional.of(applied.after()),
                refused ->
                        Optional.of(refused.there().orElseThrow(() -> new LedgerUnavailable("claim: slot is gone"))));
    }

    /**
     * A slot that may be taken.
     *
     * @param ended its holder's record says so; otherwise there is no record, and there may be one a moment later
     */
    private record Free(BudgetSlot slot, boolean ended) {}

    private List<Free> free(List<BudgetSlot> slots, BudgetLimit limit, Instant now) {
        var expired = slots.stream()
                .filter(slot -> !limit.countsTheDead() && isExpired(slot, now))
                .map(slot -> new Free(slot, true))
                .toList();
        return expired.isEmpty() ? freeByTheirRecords(slots, limit, now) : expired;
    }

    private List<Free> freeByTheirRecords(List<BudgetSlot> slots, BudgetLimit limit, Instant now) {
        var keys = new LinkedHashSet<Key>();
        keys.add(Key.DENY_HEAD);
        for (var slot : slots) {
            keys.add(Key.token(slot.holder()));
            keys.add(Key.control(slot.holder().run()));
        }
        var items = table.get("budget", List.copyOf(keys));
        var denied = denyLists.at(items);
        var free = new ArrayList<Free>();
        for (var slot : slots) {
            var record = record(items, slot.holder());
            boolean ended =
                    record.filter(token -> isOver(token, limit, denied, now)).isPresent();
            if (ended || (record.isEmpty() && isUnwritten(slot, limit, now))) {
                free.add(new Free(slot, ended));
            }
        }
        return free;
    }

    private static Optional<TokenRecord> record(Map<Key, Item> items, Jti jti) {
        var control = ControlItem.read(items, Key.control(jti.run()));
        return Optional.ofNullable(items.get(Key.token(jti)))
                .map(TokenItem::read)
                .map(control::standing);
    }

    /** A record is kept for the retention, so until then its absence says that it was never written. */
    private boolean isUnwritten(BudgetSlot slot, BudgetLimit limit, Instant now) {
        return now.isAfter(slot.claimed().plus(UNWRITTEN))
                && (!limit.countsTheDead() || now.isBefore(slot.expires().plus(retention)));
    }

    private static boolean isExpired(BudgetSlot slot, Instant now) {
        return !now.isBefore(slot.expires());
    }

    /**
     * A token whose signature was never made was nobody's, so that it uses up no run's only one. A proof that has a
     * record of another task was used up for that, and has no token of this one.
     */
    private static boolean isOver(TokenRecord token, BudgetLimit limit, DenyList denied, Instant now) {
        if (!token.grant().task().equals(limit.task())) {
            return true;
        }
        boolean dead = token.livenessAt(now) != Liveness.ALIVE
                || denied.match(token, now).isPresent();
        return dead && (!limit.countsTheDead() || token.life().unsigned());
    }

    /** The second look: a mint that was only slow may have written its record just now, and then the slot is its. */
    private boolean isAbandoned(BudgetSlot before, BudgetSlot claimed, BudgetLimit limit) {
        if (table.get("budget", List.of(Key.token(before.holder()))).isEmpty()) {
            return true;
        }
        claim(before, Optional.of(claimed), limit);
        return false;
    }

    /** Only a help: without it the slot is free {@link #UNWRITTEN} later. */
    private void giveBack(BudgetSlot slot) {
        table.update(slot.givenBack().instead(slot, Duration.ZERO));
    }

    @Override
    public Optional<OverBudget> check(TokenRecord token, Budget budget, Instant now) {
        for (var limit : BudgetLimit.of(token, budget)) {
            var slots = slots(limit);
            var taken = keys(limit, token).stream()
                    .filter(slots::containsKey)
                    .map(slots::get)
                    .toList();
            boolean own = slots.values().stream().anyMatch(slot -> slot.holder().equals(token.jti()));
            if (!own && taken.size() == limit.slots() && noneFree(taken, limit, now)) {
                return Optional.of(limit.exceeded());
            }
        }
        return Optional.empty();
    }

    private boolean noneFree(List<BudgetSlot> taken, BudgetLimit limit, Instant now) {
        for (int from = 0; from < taken.size(); from += LOOKED_AT_ONCE) {
            if (!free(taken.subList(from, Math.min(taken.size(), from + LOOKED_AT_ONCE)), limit, now)
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<OverBudget> lost(Claims claims) {
        var items = table.get(
                "budget", claims.slots().values().stream().map(BudgetSlot::key).toList());
        return claims.slots().entrySet().stream()
                .filter(claimed -> Optional.ofNullable(
                                items.get(claimed.getValue().key()))
                        .map(BudgetSlot::read)
                        .filter(slot -> slot.holder().equals(claims.token()))
                        .isEmpty())
                .map(Map.Entry::getKey)
                .findFirst();
    }
}

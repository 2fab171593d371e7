// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.LEASE_DEADLINE;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A token in the sweeper's hands.
 *
 * @param token its record, as it is written
 * @param closings what was closed of its run
 * @param leaseDeadline as stored, which the record cuts at the expiry
 */
record DueToken(TokenRecord token, RunClosings closings, OptionalLong leaseDeadline) {
    /** @throws LedgerUnavailable when its item, or that of its run, is not of our layout */
    static DueToken read(Key key, Map<Key, Optional<Item>> there) {
        var item =
                there.getOrDefault(key, Optional.empty()).orElseThrow(() -> LedgerUnavailable.unreadable("of a token"));
        var control = there.get(key.controlOfRun());
        var closings = control == null
                ? RunClosings.NONE
                : ControlItem.read(control.orElseThrow(() -> LedgerUnavailable.unreadable("of a run")));
        return new DueToken(
                TokenItem.read(item),
                closings,
                item.has(LEASE_DEADLINE) ? OptionalLong.of(item.number(LEASE_DEADLINE)) : OptionalLong.empty());
    }

    /**
     * How it ended, at the time of that and not of the sweep; empty while it lives. A closing of its run counts at
     * once. An entry of the deny list can be lifted, so it counts only when the token would be dead anyway.
     *
     * @param cutoff a deadline up to here has passed
     */
    Optional<Closure> end(DenyList denied, Instant now, Instant cutoff) {
        return spent().or(() -> closings.closure(token))
                .or(() -> token.life().deadline().isAfter(cutoff)
                        ? Optional.empty()
                        : Optional.of(denied(denied, now).orElseGet(this::byTheClock)));
    }

    /** Its last use was counted, and whoever counted it died before writing that down. */
    private Optional<Closure> spent() {
        return token.isSpentWithoutEnd()
                ? Optional.of(new Closure(
                        token.uses().lastUse().orElse(token.life().deadline()),
                        token.grant().server().value(),
                        Cause.SPENT,
                        Optional.empty()))
                : Optional.empty();
    }

    private Optional<Closure> denied(DenyList denied, Instant now) {
        return denied.entries().stream()
                .filter(entry -> entry.denies(token, now))
                .filter(entry -> entry.at().isBefore(token.life().deadline()))
                .findFirst()
                .map(entry -> new Closure(
                        entry.at().isBefore(token.life().issued())
                                ? token.life().issued()
                                : entry.at(),
                        entry.by(),
                        Cause.DENIED,
                        entry.note()));
    }

    private Closure byTheClock() {
        var deadline = token.life().deadline();
        return new Closure(deadline, Closure.CLOCK, cause(deadline), Optional.empty());
    }

    private Cause cause(Instant deadline) {
        if (token.life().hasLapsed(deadline)) {
            return Cause.LAPSED;
        }
        return token.expiresWithItsWindow() ? Cause.WINDOW : Cause.EXPIRED;
    }
}

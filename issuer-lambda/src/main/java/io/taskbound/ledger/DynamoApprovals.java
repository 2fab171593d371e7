// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.ASKED_AT;
import static io.taskbound.ledger.Attributes.CLAIMED_AT;
import static io.taskbound.ledger.Attributes.DECISIONS;
import static io.taskbound.ledger.Attributes.LISTING_KEY;
import static io.taskbound.ledger.Attributes.PK;
import static io.taskbound.ledger.Attributes.SLOT_HOLDER;
import static io.taskbound.ledger.Attributes.TTL;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.approval.ApprovalId;
import io.taskbound.approval.Decision;
import io.taskbound.digest.Base64Url;
import io.taskbound.identity.ProofKeys;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Requests for approval in the ledger's table; docs/ledger.md lists item and conditions. */
final class DynamoApprovals implements Approvals {
    private static final int NONCE_BYTES = 9;
    /** No request waits longer: {@code within} is at most a day. */
    private static final Duration LISTED_FOR = Duration.ofDays(1);

    private final DynamoTable table;
    private final Duration retention;

    /** @param retention how long a record stays readable after it is over, at least */
    DynamoApprovals(DynamoTable table, Duration retention) {
        this.table = table;
        this.retention = retention;
    }

    @Override
    public Asked ask(ApprovalRecord wanted, Instant now) {
        var outcome = table.update(Update.of(
                        "ask for approval",
                        Key.approval(wanted.id()),
                        "attribute_exists(" + PK + ") AND " + ASKED_AT + " <= :soon",
                        "SET " + ASKED_AT + " = :now")
                .with(":soon", now.minus(INTERVAL.dividedBy(2)).toEpochMilli())
                .with(":now", now.toEpochMilli()));
        if (outcome instanceof Update.Outcome.Applied applied) {
            return new Asked.There(ApprovalItem.read(applied.after()), false);
        }
        var there = there(outcome);
        return there.isPresent() ? there(there.get(), now) : request(wanted, now);
    }

    /** Its own repetition by the SDK, whose answer was lost, came not too soon. */
    private static Asked there(Item item, Instant now) {
        return new Asked.There(ApprovalItem.read(item), !item.time(ASKED_AT).equals(now));
    }

    private Asked request(ApprovalRecord wanted, Instant now) {
        var id = wanted.id();
        if (table.query("ask for approval", Key.run(id.run()), Key.APPROVALS).size() >= MOST_OF_RUN) {
            return new Asked.TooMany();
        }
        var mark = Base64Url.random(NONCE_BYTES);
        var there = table.putIfAbsent("request approval", ApprovalItem.of(wanted, mark, retention));
        return there.isEmpty() || there.get().text(WRITE).equals(mark)
                ? new Asked.Requested(wanted)
                : there(there.get(), now);
    }

    @Override
    public Optional<ApprovalRecord> find(ApprovalId id) {
        var key = Key.approval(id);
        return Optional.ofNullable(table.get("find approval", List.of(key)).get(key))
                .map(ApprovalItem::read);
    }

    @Override
    public Optional<Found> look(ApprovalId id) {
        var key = Key.approval(id);
        var control = Key.control(id.run());
        var items = table.get("look at approval", List.of(key, control));
        var closings = ControlItem.read(items, control);
        return Optional.ofNullable(items.get(key)).map(ApprovalItem::read).map(record -> found(record, closings));
    }

    private static Found found(ApprovalRecord record, RunClosings closings) {
        var declaration = record.declaration();
        return new Found(
                record,
                closings.first(declaration.job(), declaration.stableSubject(), record.proofIssued(), record.requested())
                        .isPresent());
    }

    @Override
    public List<Found> pending(Instant now, Predicate<Found> wanted, int most) {
        var pending = new ArrayList<Found>();
        int looked = 0;
        var from = Optional.<DynamoTable.Position>empty();
        do {
            var page = table.list(ApprovalItem.LISTED, now.minus(LISTED_FOR), now, from);
            from = page.next();
            looked += page.entries().size();
            each(page.entries().stream().map(DynamoTable.Listed::key).toList()).stream()
                    .filter(found -> found.record().standing(now) == ApprovalRecord.Standing.PENDING)
                    .filter(wanted)
                    .forEach(pending::add);
        } while (from.isPresent() && pending.size() < most && looked < MOST_LOOKED_THROUGH);
        return pending.subList(0, Math.min(most, pending.size()));
    }

    /** With the control items of their runs, which are read along. */
    private List<Found> each(List<Key> keys) {
        var all = new LinkedHashSet<>(keys);
        keys.forEach(key -> all.add(key.controlOfRun()));
        var items = new HashMap<Key, Item>();
        table.getEach("list approvals", List.copyOf(all))
                .forEach((key, item) -> item.ifPresent(readable -> items.put(key, readable)));
        return keys.stream()
                .flatMap(key -> Optional.ofNullable(items.get(key))
                        .map(item -> found(ApprovalItem.read(item), ControlItem.read(items, key.controlOfRun())))
                        .stream())
                .toList();
    }

    @Override
    public boolean useUp(ProofKeys proof, Instant until) {
        var mark = Base64Url.random(NONCE_BYTES);
        var item = Item.draft()
                .key(Key.decidingProof(proof))
                .text(WRITE, mark)
                .number(TTL, until.plus(Ledger.MAX_SKEW).plus(retention).getEpochSecond())
                .build();
        var there = table.putIfAbsent("use up proof", item);
        return there.isEmpty() || there.get().text(WRITE).equals(mark);
    }

    @Override
    public Optional<ApprovalRecord> decide(ApprovalRecord seen, Decision decision) {
        var decisions = new ArrayList<>(seen.decisions());
        decisions.add(decision);
        var text = DecisionJson.of(decisions);
        boolean over =
                !decision.approved() || seen.approvals() + 1 >= seen.approval().count();
        var update = Update.of(
                        "decide",
                        Key.approval(seen.id()),
                        "attribute_exists(" + PK + ") AND attribute_not_exists(" + SLOT_HOLDER + ") AND "
                                + stillSeen(seen),
                        "SET " + DECISIONS + " = :decisions" + (over ? " REMOVE " + LISTING_KEY : ""))
                .with(":decisions", text);
        var outcome = table.update(
                seen.decisions().isEmpty() ? update : update.with(":seen", DecisionJson.of(seen.decisions())));
        var after = outcome instanceof Update.Outcome.Applied applied
                ? Optional.of(applied.after())
                : there(outcome).filter(item -> item.optionalText(DECISIONS).equals(Optional.of(text)));
        return after.map(ApprovalItem::read);
    }

    private static String stillSeen(ApprovalRecord seen) {
        return seen.decisions().isEmpty() ? "attribute_not_exists(" + DECISIONS + ")" : DECISIONS + " = :seen";
    }

    @Override
    public boolean claim(ApprovalRecord seen, Jti token, Instant now) {
        var outcome = table.update(claiming(
                        seen.id(),
                        DECISIONS + " = :seen AND (attribute_not_exists(" + SLOT_HOLDER + ") OR " + SLOT_HOLDER
                                + " = :jti)",
                        token,
                        now)
                .with(":seen", DecisionJson.of(seen.decisions())));
        if (outcome instanceof Update.Outcome.Applied) {
            return true;
        }
        return there(outcome)
                .map(ApprovalItem::read)
                .flatMap(ApprovalRecord::use)
                .filter(use -> isAbandoned(use, now))
                .map(use -> takeOver(seen.id(), use, token, now))
                .orElse(false);
    }

    private static Update claiming(ApprovalId id, String condition, Jti token, Instant at) {
        return Update.of(
                        "use approval",
                        Key.approval(id),
                        condition,
                        "SET " + SLOT_HOLDER + " = :jti, " + CLAIMED_AT + " = :at")
                .with(":jti", token.toString())
                .with(":at", at.toEpochMilli());
    }

    private boolean isAbandoned(ApprovalRecord.Use use, Instant now) {
        return now.isAfter(use.at().plus(Budgets.UNWRITTEN)) && isUnwritten(use);
    }

    private boolean isUnwritten(ApprovalRecord.Use use) {
        return table.get("use approval", List.of(Key.token(use.token()))).isEmpty();
    }

    /** The mint that was only slow may have written its record just now, and then it is its own again. */
    private boolean takeOver(ApprovalId id, ApprovalRecord.Use from, Jti token, Instant now) {
        var condition = SLOT_HOLDER + " = :from AND " + CLAIMED_AT + " = :when";
        var taken = table.update(claiming(id, condition, token, now)
                .with(":from", from.token().toString())
                .with(":when", from.at().toEpochMilli()));
        if (!(taken instanceof Update.Outcome.Applied)) {
            return false;
        }
        if (isUnwritten(from)) {
            return true;
        }
        table.update(claiming(id, condition, from.token(), from.at())
                .with(":from", token.toString())
                .with(":when", now.toEpochMilli()));
        return false;
    }

    @Override
    public boolean holds(ApprovalId id, Jti token) {
        return find(id).flatMap(ApprovalRecord::use)
                .filter(use -> use.token().equals(token))
                .isPresent();
    }

    private static Optional<Item> there(Update.Outcome outcome) {
        return outcome instanceof Update.Outcome.Refused refused ? refused.there() : Optional.empty();
    }
}

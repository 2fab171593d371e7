// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.CLOSED_AT;
import static io.taskbound.ledger.Attributes.CLOSED_BY;
import static io.taskbound.ledger.Attributes.CLOSED_CAUSE;
import static io.taskbound.ledger.Attributes.CLOSED_NOTE;
import static io.taskbound.ledger.Attributes.CLOSING_WRITE;
import static io.taskbound.ledger.Attributes.EXPIRES;
import static io.taskbound.ledger.Attributes.FIRST_DEADLINE;
import static io.taskbound.ledger.Attributes.HOLDER_CHALLENGE;
import static io.taskbound.ledger.Attributes.ISSUED;
import static io.taskbound.ledger.Attributes.JOB;
import static io.taskbound.ledger.Attributes.LEASE;
import static io.taskbound.ledger.Attributes.LEASE_DEADLINE;
import static io.taskbound.ledger.Attributes.PROOF_ISSUED;
import static io.taskbound.ledger.Attributes.STABLE_SUBJECT;
import static io.taskbound.ledger.Attributes.STATE;
import static io.taskbound.ledger.Attributes.SWEEP_SHARD;
import static io.taskbound.ledger.Attributes.UNSIGNED;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.digest.Base64Url;
import io.taskbound.identity.IdToken;
import io.taskbound.task.TaskName;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/**
 * The ledger in one DynamoDB table. docs/ledger.md lists items, attributes and the condition of each write. A change's
 * condition contains everything that must be true for it; the old item that a failed condition returns tells why it
 * failed.
 */
public final class DynamoLedger implements Ledger {
    private static final int NONCE_BYTES = 9;
    /** For the records of a closed run: its tokens are dead without them, and whoever closes waits for the answer. */
    private static final Duration CLOSING_TIME = Duration.ofSeconds(1);

    /** How long an item stays readable after everything that it guards against is over, unless set otherwise. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(30);

    private final DynamoTable table;
    private final Duration retention;
    private final Duration closingTime;
    private final DenyListCache denyLists;
    private final DynamoBudgets budgets;
    private final DynamoStatusLists statusLists;
    private final DynamoCredentials credentials;
    private final DynamoApprovals approvals;
    private final DynamoKeyProofs keyProofs;

    /** @param retention how long an item stays readable after everything that it guards against is over */
    public DynamoLedger(DynamoTable table, Duration retention) {
        this(table, retention, CLOSING_TIME);
    }

    /** @param closingTime for the records of a closed run */
    DynamoLedger(DynamoTable table, Duration retention, Duration closingTime) {
        this.table = table;
        this.retention = retention;
        this.closingTime = closingTime;
        this.denyLists = new DenyListCache(table);
        this.statusLists = new DynamoStatusLists(table);
        this.budgets = new DynamoBudgets(table, denyLists, retention);
        this.approvals = new DynamoApprovals(table, retention);
        this.keyProofs = new DynamoKeyProofs(table);
        this.credentials = new DynamoCredentials(table, denyLists, retention);
    }

    /** What the service says of the table: for the function, whose template turns the TTL on. */
    public TableState timeToLive() {
        return table.timeToLive();
    }

    @Override
    public Minted mint(TokenRecord token) {
        var write = Base64Url.random(NONCE_BYTES);
        var there = table.putIfAbsent("mint", TokenItem.of(token, write, retention));
        // The SDK repeats a put whose answer was lost; what stands there then may be this very write.
        return there.isEmpty() || there.get().text(WRITE).equals(write)
                ? new Minted.Recorded()
                : new Minted.Existing(TokenItem.read(there.get()));
    }

    @Override
    public Blocks blocks(String runKey) {
        var control = Key.control(runKey);
        var items = table.get("standing", List.of(control, Key.DENY_HEAD));
        return new Blocks(ControlItem.read(items, control), denyLists.at(items));
    }

    @Override
    public Optional<TokenRecord> find(Jti jti) {
        return record(table.get("find", List.of(Key.token(jti))), jti);
    }

    @Override
    public Lookup lookUp(Jti jti) {
        var control = Key.control(jti.run());
        var items = table.get("look", List.of(Key.token(jti), control, Key.DENY_HEAD));
        var closings = ControlItem.read(items, control);
        return new Lookup(record(items, jti).map(closings::standing), denyLists.at(items));
    }

    private static Optional<TokenRecord> record(Map<Key, Item> items, Jti jti) {
        return Optional.ofNullable(items.get(Key.token(jti))).map(TokenItem::read);
    }

    @Override
    public Renewal renew(Jti jti, HolderChallenge holder, Instant now) {
        var condition = String.join(
                " AND ",
                Conditions.ACTIVE,
                Conditions.IN_TIME,
                Conditions.UNSPENT,
                "attribute_exists(" + LEASE + ")",
                HOLDER_CHALLENGE + " = :holder");
        // `ld` may end up after `x`: both are compared wherever a token is, so the earlier one counts. Whoever renews
        // holds the token, so a mark that came too late goes.
        var outcome = table.update(Update.of(
                        "renew",
                        Key.token(jti),
                        condition,
                        "SET " + LEASE_DEADLINE + " = " + LEASE + " + :now REMOVE " + UNSIGNED)
                .with(":active", TokenItem.ACTIVE)
                .with(":holder", holder.value())
                .with(":now", now.toEpochMilli())
                .with(":zero", 0L));
        if (outcome instanceof Update.Outcome.Applied applied) {
            return new Renewal.Renewed(TokenItem.read(applied.after()));
        }
        return new Renewal.Dead(there(outcome).map(TokenItem::read));
    }

    @Override
    public Redemption redeem(TokenRecord seen, int object, String action, String useKey, Instant now) {
        var redeeming = new Redeeming(seen, useKey, new RecordedUse(now, object, action));
        var judged = judge(redeeming, table.update(redeeming.counted()));
        if (redeeming.mayBeCountedOnly(judged)) {
            return judge(redeeming, table.update(redeeming.countedOnly()));
        }
        return judged instanceof Redemption.First first && first.after().isSpentWithoutEnd()
                ? new Redemption.First(endSpent(redeeming, first.after()))
                : judged;
    }

    /** The use is counted already. Should this fail, the sweeper ends the token when its time comes. */
    private TokenRecord endSpent(Redeeming redeeming, TokenRecord spent) {
        try {
            var outcome = table.update(redeeming.spent());
            var after = outcome instanceof Update.Outcome.Applied applied
                    ? Optional.of(applied.after())
                    : there(outcome).filter(redeeming::wrote);
            return after.map(TokenItem::read).orElse(spent);
        } catch (LedgerUnavailable outage) {
            return spent;
        }
    }

    private static Redemption judge(Redeeming redeeming, Update.Outcome outcome) {
        if (outcome instanceof Update.Outcome.Applied applied) {
            return new Redemption.First(TokenItem.read(applied.after()));
        }
        return there(outcome).map(redeeming::judge).orElseGet(Redemption.Unknown::new);
    }

    @Override
    public Optional<TokenRecord> close(Jti jti, Closure closure) {
        var write = Base64Url.random(NONCE_BYTES);
        var outcome = table.update(closing(jti, closure, write, Conditions.ACTIVE + " AND " + Conditions.UNLISTED));
        var listed = there(outcome)
                .filter(item -> item.text(STATE).equals(TokenItem.ACTIVE))
                .flatMap(TokenItem::status);
        if (listed.isPresent()) {
            // In this order, so that no crash between the two leaves a closed token that the list calls alive.
            statusLists.end(listed.get());
            outcome = table.update(closing(jti, closure, write, Conditions.ACTIVE));
        }
        var after = outcome instanceof Update.Outcome.Applied applied
                ? Optional.of(applied.after())
                : there(outcome).filter(item -> item.optionalText(CLOSING_WRITE).equals(Optional.of(write)));
        return after.map(TokenItem::read);
    }

    /** A closed token leaves the sweeper's index. One that its last use had ended keeps that end. */
    private static Update closing(Jti jti, Closure closure, String write, String condition) {
        var note = closure.note().isPresent() ? ", " + CLOSED_NOTE + " = :note" : "";
        var update = Update.of(
                        "close",
                        Key.token(jti),
                        condition,
                        "SET " + STATE + " = :state, " + kept(CLOSED_AT, ":at") + ", " + kept(CLOSED_BY, ":by") + ", "
                                + kept(CLOSED_CAUSE, ":cause") + ", " + CLOSING_WRITE + " = :write" + note + " REMOVE "
                                + SWEEP_SHARD + ", " + FIRST_DEADLINE)
                .with(":active", TokenItem.ACTIVE)
                .with(":state", closure.cause().state().stored())
                .with(":at", closure.at().toEpochMilli())
                .with(":by", closure.by())
                .with(":cause", closure.cause().stored())
                .with(":write", write);
        return closure.note().map(text -> update.with(":note", text)).orElse(update);
    }

    private static String kept(String attribute, String value) {
        return attribute + " = if_not_exists(" + attribute + ", " + value + ")";
    }

    /**
     * The control item closes them: whoever looks a token up reads it too, and a mint whose record comes after our
     * query reads it after its own put. The records follow, for whoever reads only them.
     */
    @Override
    public ClosedAll closeAll(String runKey, Optional<String> job, Closure closure, Instant proofIssued) {
        var records = records();
        var line = ControlLine.ofHolders(job);
        var ttl = ttlOfClosing(closure);
        var control = table.update(ControlItem.closing(runKey, line, closure.at(), closure.at(), ttl));
        if (proofIssued.isAfter(closure.at())) {
            control = table.update(ControlItem.closingProofs(runKey, line, proofIssued, ttl));
        }
        var closings = closings(control);
        closeRecords(runKey, records, page -> left(page, job, item -> true, closings, closure));
        return records.result(true);
    }

    @Override
    public ClosedAll end(RunEnding ending, Closure closure) {
        var records = records();
        var line = ControlLine.ofHook(ending);
        var ttl = ttlOfClosing(closure);
        var control = table.update(
                ending.permanent()
                        ? ControlItem.ended(ending.runKey(), line, closure.at(), ttl)
                        : ControlItem.closing(ending.runKey(), line, ending.until(), closure.at(), ttl));
        var closings = closings(control);
        closeRecords(
                ending.runKey(),
                records,
                page -> left(page, ending.job(), item -> isCovered(ending, item), closings, closure));
        return records.result(closings.lines().containsKey(line));
    }

    private RecordsOfClosedRun records() {
        return new RecordsOfClosedRun(closingTime, left -> close(left.jti(), left.closure()));
    }

    /** An ID token of the run may still come, and the closing must outlive it. */
    private long ttlOfClosing(Closure closure) {
        return closure.at().plus(IdToken.MAX_LIFE).plus(retention).getEpochSecond();
    }

    /** What the control item says now, whether or not this write changed it. */
    private static RunClosings closings(Update.Outcome control) {
        var item = control instanceof Update.Outcome.Applied applied ? Optional.of(applied.after()) : there(control);
        return item.map(ControlItem::read).orElse(RunClosings.NONE);
    }

    private void closeRecords(
            String runKey, RecordsOfClosedRun records, Function<List<Item>, List<RecordsOfClosedRun.Left>> which) {
        table.activeTokens("close all", Key.run(runKey), page -> {
            boolean more = records.close(which.apply(page));
            if (!more) {
                records.leaveTheRest();
            }
            return more;
        });
    }

    private static boolean isCovered(RunEnding ending, Item token) {
        return ending.covers(token.text(STABLE_SUBJECT), token.time(PROOF_ISSUED), token.time(ISSUED));
    }

    /** An earlier closing may have had no time for a record; that one is its end then, and not ours. */
    private static List<RecordsOfClosedRun.Left> left(
            List<Item> tokens, Optional<String> job, Predicate<Item> covered, RunClosings closings, Closure closure) {
        return tokens.stream()
                .filter(item -> job.isEmpty() || item.optionalText(JOB).equals(job))
                .filter(covered)
                .map(item -> new RecordsOfClosedRun.Left(
                        TokenItem.jti(item.key()), first(closings, item).orElse(closure)))
                .toList();
    }

    private static Optional<Closure> first(RunClosings closings, Item token) {
        return closings.first(
                token.optionalText(JOB), token.text(STABLE_SUBJECT), token.time(PROOF_ISSUED), token.time(ISSUED));
    }

    @Override
    public void markUnsigned(Jti jti) {
        table.update(Update.of(
                        "mark unsigned",
                        Key.token(jti),
                        Conditions.NOT_ENDED,
                        "SET " + UNSIGNED + " = :one, " + LEASE_DEADLINE + " = " + EXPIRES)
                .with(":active", TokenItem.ACTIVE)
                .with(":one", 1L));
    }

    @Override
    public boolean markSigned(Jti jti, Instant now) {
        // A token without a lease has no `le`; without `le` nobody reads its `ld`, which then never ends.
        var outcome = table.update(Update.of(
                        "mark signed",
                        Key.token(jti),
                        Conditions.ACTIVE + " AND " + EXPIRES + " > :now AND attribute_exists(" + UNSIGNED + ")",
                        "SET " + LEASE_DEADLINE + " = if_not_exists(" + LEASE + ", :never) + :now REMOVE " + UNSIGNED)
                .with(":active", TokenItem.ACTIVE)
                .with(":now", now.toEpochMilli())
                .with(":never", TokenItem.UNLIMITED));
        return outcome instanceof Update.Outcome.Applied;
    }

    @Override
    public Budgets budgets() {
        return budgets;
    }

    @Override
    public KeyProofs keyProofs() {
        return keyProofs;
    }

    @Override
    public Approvals approvals() {
        return approvals;
    }

    @Override
    public Credentials credentials() {
        return credentials;
    }

    @Override
    public Iterator<TokenRecord> issued(TaskName task, Instant from, Instant to) {
        var found = new TokenListing(table).newestFirst(List.of(task), from, to, Optional.empty());
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(found, Spliterator.ORDERED), false)
                .filter(TokenListing.Found.Readable.class::isInstance)
                .map(readable -> ((TokenListing.Found.Readable) readable).token())
                .iterator();
    }

    @Override
    public StatusLists statusLists() {
        return statusLists;
    }

    @Override
    public DenyList denyList() {
        return denyLists.at(table.get("deny list", List.of(Key.DENY_HEAD)));
    }

    private static Optional<Item> there(Update.Outcome outcome) {
        return outcome instanceof Update.Outcome.Refused refused ? refused.there() : Optional.empty();
    }
}

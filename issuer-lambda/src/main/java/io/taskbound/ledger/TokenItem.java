// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.APPROVAL;
import static io.taskbound.ledger.Attributes.AUDIENCE;
import static io.taskbound.ledger.Attributes.CHANGE;
import static io.taskbound.ledger.Attributes.CLOSED_AT;
import static io.taskbound.ledger.Attributes.CLOSED_BY;
import static io.taskbound.ledger.Attributes.CLOSED_CAUSE;
import static io.taskbound.ledger.Attributes.CLOSED_NOTE;
import static io.taskbound.ledger.Attributes.DETAILS;
import static io.taskbound.ledger.Attributes.EXPIRES;
import static io.taskbound.ledger.Attributes.FIRST_DEADLINE;
import static io.taskbound.ledger.Attributes.HOLDER_CHALLENGE;
import static io.taskbound.ledger.Attributes.ISSUED;
import static io.taskbound.ledger.Attributes.ISSUER;
import static io.taskbound.ledger.Attributes.JOB;
import static io.taskbound.ledger.Attributes.KEY_THUMBPRINT;
import static io.taskbound.ledger.Attributes.LEASE;
import static io.taskbound.ledger.Attributes.LEASE_DEADLINE;
import static io.taskbound.ledger.Attributes.LINK;
import static io.taskbound.ledger.Attributes.LISTING_KEY;
import static io.taskbound.ledger.Attributes.MAX_USES;
import static io.taskbound.ledger.Attributes.POLICY_HASH;
import static io.taskbound.ledger.Attributes.POLICY_NUMBER;
import static io.taskbound.ledger.Attributes.PROJECT_ID;
import static io.taskbound.ledger.Attributes.PROJECT_NAME;
import static io.taskbound.ledger.Attributes.PROOF_EXPIRES;
import static io.taskbound.ledger.Attributes.PROOF_ISSUED;
import static io.taskbound.ledger.Attributes.PROVIDER;
import static io.taskbound.ledger.Attributes.REQUEST_HASH;
import static io.taskbound.ledger.Attributes.RUN;
import static io.taskbound.ledger.Attributes.SERVER;
import static io.taskbound.ledger.Attributes.STABLE_SUBJECT;
import static io.taskbound.ledger.Attributes.STARTED_BY;
import static io.taskbound.ledger.Attributes.STATE;
import static io.taskbound.ledger.Attributes.STATUS_INDEX;
import static io.taskbound.ledger.Attributes.STATUS_LIST;
import static io.taskbound.ledger.Attributes.SUBJECT;
import static io.taskbound.ledger.Attributes.SWEEP_SHARD;
import static io.taskbound.ledger.Attributes.TASK;
import static io.taskbound.ledger.Attributes.TTL;
import static io.taskbound.ledger.Attributes.TXN;
import static io.taskbound.ledger.Attributes.UNSIGNED;
import static io.taskbound.ledger.Attributes.USES;
import static io.taskbound.ledger.Attributes.USES_LEFT;
import static io.taskbound.ledger.Attributes.USE_COUNT;
import static io.taskbound.ledger.Attributes.WINDOW_END;
import static io.taskbound.ledger.Attributes.WRITE;

import io.taskbound.approval.ApprovalId;
import io.taskbound.identity.Requester;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.status.StatusEntry;
import io.taskbound.status.StatusListName;
import io.taskbound.task.GrantedDetails;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import io.taskbound.token.HolderChallenge;
import io.taskbound.token.Jti;
import io.taskbound.token.KeyThumbprint;
import io.taskbound.window.OpenWindow;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A token's record as an item. Attribute names are short because they are paid for; docs/ledger.md lists them. */
final class TokenItem {
    /**
     * What an unlimited token has left of each object, so that one expression serves both kinds. Written with one
     * significant digit, it is small, and nobody uses it up.
     */
    static final long UNLIMITED = 1_000_000_000_000L;

    static final String ACTIVE = State.ACTIVE.stored();

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private TokenItem() {}

    /** A new token's item. {@code write} names this write, so that its own repetition is recognised. */
    static Item of(TokenRecord token, String write, Duration retention) {
        var draft = Item.draft().key(Key.token(token.jti())).text(WRITE, write);
        requester(token.requester(), draft);
        grant(token.grant(), draft);
        draft.text(REQUEST_HASH, token.requestHash()).text(TXN, token.txn());
        draft.text(HOLDER_CHALLENGE, token.holder().map(HolderChallenge::value))
                .text(KEY_THUMBPRINT, token.key().map(KeyThumbprint::value));
        life(token.life(), draft);
        uses(token.uses(), draft);
        indexes(token, draft);
        return draft.number(TTL, ttlEpochSeconds(token, retention)).build();
    }

    private static void requester(Requester requester, Item.Draft draft) {
        draft.text(PROVIDER, requester.provider().value())
                .text(ISSUER, requester.issuer())
                .text(SUBJECT, requester.subject())
                .text(STABLE_SUBJECT, requester.stableSubject())
                .text(PROJECT_ID, requester.projectId())
                .text(PROJECT_NAME, requester.projectName())
                .text(RUN, requester.run())
                .text(JOB, requester.job())
                .text(STARTED_BY, requester.startedBy())
                .text(LINK, requester.link())
                .time(PROOF_ISSUED, requester.proofIssued())
                .time(PROOF_EXPIRES, requester.proofExpires());
    }

    private static void grant(RecordedGrant grant, Item.Draft draft) {
        draft.text(TASK, grant.task().value())
                .text(DETAILS, grant.details().text())
                .text(SERVER, grant.server().value())
                .text(AUDIENCE, grant.audience())
                .number(POLICY_NUMBER, grant.policy().number())
                .text(POLICY_HASH, grant.policy().hash());
        draft.time(WINDOW_END, grant.window().map(OpenWindow::end))
                .text(CHANGE, grant.window().flatMap(OpenWindow::change))
                .text(APPROVAL, grant.approval().map(ApprovalId::hash));
        grant.status()
                .ifPresent(entry ->
                        draft.text(STATUS_LIST, entry.list().toString()).number(STATUS_INDEX, entry.index()));
    }

    private static void life(Life life, Item.Draft draft) {
        draft.text(STATE, life.state().stored())
                .time(ISSUED, life.issued())
                .time(EXPIRES, life.expires())
                .time(LEASE_DEADLINE, life.leaseDeadline());
        life.lease().ifPresent(lease -> draft.number(LEASE, lease.toMillis()));
        if (life.unsigned()) {
            draft.number(UNSIGNED, 1);
        }
    }

    private static void uses(Uses uses, Item.Draft draft) {
        draft.numbers(USES_LEFT, usesLeft(uses)).item(USES, new Item(Map.of())).number(USE_COUNT, 0);
        uses.max().ifPresent(max -> draft.number(MAX_USES, max));
    }

    /** For sweeping and listing; nothing is ever decided by them. */
    private static void indexes(TokenRecord token, Item.Draft draft) {
        int shard = Math.floorMod(token.jti().proof().hashCode(), Sweeper.SHARDS);
        draft.text(SWEEP_SHARD, Integer.toString(shard))
                .time(
                        FIRST_DEADLINE,
                        token.life().leaseDeadline().orElse(token.life().expires()))
                .text(LISTING_KEY, listingKey(token.grant().task(), token.life().issued()));
    }

    /** Under what the tokens of a task lie in the listing index that were issued on the day (UTC) of this instant. */
    static String listingKey(TaskName task, Instant day) {
        return task.value() + "#" + DAY.format(day);
    }

    private static List<Long> usesLeft(Uses uses) {
        return uses.max().isPresent()
                ? uses.left().stream().map(Integer::longValue).toList()
                : Collections.nCopies(TaskRequest.MAX_PERMISSIONS, UNLIMITED);
    }

    /** When the table may forget: after everything that the record guards against is over, and then for the curious. */
    static long ttlEpochSeconds(TokenRecord token, Duration retention) {
        var ofProof = token.requester().proofExpires();
        var ofToken = token.life().expires();
        var last = ofProof.isAfter(ofToken) ? ofProof : ofToken;
        return last.plus(Ledger.MAX_SKEW).plus(retention).getEpochSecond();
    }

    /** @throws LedgerUnavailable when the item is not of our layout */
    static TokenRecord read(Item item) {
        try {
            return record(item);
        } catch (IllegalArgumentException | ArithmeticException misfit) {
            throw LedgerUnavailable.unreadable("of a token");
        }
    }

    private static TokenRecord record(Item item) {
        return new TokenRecord(
                jti(item.key()),
                readRequester(item),
                readGrant(item),
                readLife(item),
                readUses(item),
                item.text(REQUEST_HASH),
                item.text(TXN),
                item.optionalText(HOLDER_CHALLENGE).map(HolderChallenge::new),
                item.optionalText(KEY_THUMBPRINT).map(KeyThumbprint::new));
    }

    private static Requester readRequester(Item item) {
        return new Requester(
                new ProviderName(item.text(PROVIDER)),
                item.text(ISSUER),
                item.text(SUBJECT),
                item.text(STABLE_SUBJECT),
                item.optionalText(PROJECT_ID),
                item.optionalText(PROJECT_NAME),
                item.text(RUN),
                item.optionalText(JOB),
                item.optionalText(STARTED_BY),
                item.optionalText(LINK),
                item.time(PROOF_ISSUED),
                item.time(PROOF_EXPIRES));
    }

    private static RecordedGrant readGrant(Item item) {
        return new RecordedGrant(
                new TaskName(item.text(TASK)),
                GrantedDetails.recorded(item.text(DETAILS)),
                new ServerName(item.text(SERVER)),
                item.text(AUDIENCE),
                new PolicyVersion(item.number(POLICY_NUMBER), item.text(POLICY_HASH)),
                status(item),
                item.optionalTime(WINDOW_END).map(end -> new OpenWindow(end, item.optionalText(CHANGE))),
                item.optionalText(APPROVAL)
                        .map(hash -> new ApprovalId(jti(item.key()).run(), hash)));
    }

    /** Where its end is published. */
    static Optional<StatusEntry> status(Item item) {
        return item.optionalText(STATUS_LIST)
                .map(list -> new StatusEntry(
                        StatusListName.parse(list).orElseThrow(() -> LedgerUnavailable.unreadable(STATUS_LIST)),
                        Math.toIntExact(item.number(STATUS_INDEX))));
    }

    private static Life readLife(Item item) {
        var lease = item.has(LEASE) ? Optional.of(Duration.ofMillis(item.number(LEASE))) : Optional.<Duration>empty();
        var state = State.read(item.text(STATE));
        return new Life(
                item.time(ISSUED),
                item.time(EXPIRES),
                lease,
                lease.map(length -> deadline(item)),
                item.has(UNSIGNED),
                state,
                item.has(CLOSED_CAUSE) ? Optional.of(closure(item)) : Optional.empty());
    }

    private static Uses readUses(Item item) {
        return new Uses(
                item.has(MAX_USES) ? OptionalInt.of(Math.toIntExact(item.number(MAX_USES))) : OptionalInt.empty(),
                item.has(MAX_USES) ? counts(item) : List.of(),
                remembered(item),
                item.number(USE_COUNT));
    }

    /**
     * A renewal adds the lease to the present, in one expression that cannot take a minimum; the minimum is taken here.
     */
    private static Instant deadline(Item item) {
        return Instant.ofEpochMilli(Math.min(item.number(LEASE_DEADLINE), item.number(EXPIRES)));
    }

    static Jti jti(Key key) {
        return Jti.parse(key.pk().substring("R#".length()) + "." + key.sk().substring(Key.TOKENS.length()))
                .orElseThrow(() -> LedgerUnavailable.unreadable("pk or sk"));
    }

    private static List<Integer> counts(Item item) {
        return item.numbers(USES_LEFT).stream().map(Math::toIntExact).toList();
    }

    private static Map<String, RecordedUse> remembered(Item item) {
        var remembered = new LinkedHashMap<String, RecordedUse>();
        var stored = item.item(USES);
        stored.attributes().keySet().forEach(key -> remembered.put(key, UseItem.read(stored.item(key))));
        return remembered;
    }

    private static Closure closure(Item item) {
        return new Closure(
                item.time(CLOSED_AT),
                item.text(CLOSED_BY),
                Cause.read(item.text(CLOSED_CAUSE)),
                item.optionalText(CLOSED_NOTE));
    }
}

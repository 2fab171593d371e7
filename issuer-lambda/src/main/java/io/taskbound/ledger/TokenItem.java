// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.identity.Requester;
import io.taskbound.policy.PolicyVersion;
import io.taskbound.task.GrantedDetails;
import io.taskbound.task.ProviderName;
import io.taskbound.task.ServerName;
import io.taskbound.task.TaskName;
import io.taskbound.task.TaskRequest;
import io.taskbound.token.Jti;
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
    private static final int SWEEP_SHARDS = 64;
    /** Clocks of issuer and provider may differ by this much. */
    private static final Duration SKEW = Duration.ofMinutes(5);

    private static final DateTimeFormatter DAY = DateTimeFormatter.ISO_LOCAL_DATE.withZone(ZoneOffset.UTC);

    private TokenItem() {}

    /** A new token's item. {@code write} names this write, so that its own repetition is recognised. */
    static Item of(TokenRecord token, String write, Duration retention) {
        var draft = Item.draft().key(Key.token(token.jti())).text("w", write);
        requester(token.requester(), draft);
        grant(token.grant(), draft);
        draft.text("rh", token.requestHash()).text("tx", token.txn());
        life(token.life(), draft);
        uses(token.uses(), draft);
        indexes(token, draft);
        return draft.number("ttl", ttlEpochSeconds(token, retention)).build();
    }

    private static void requester(Requester requester, Item.Draft draft) {
        draft.text("p", requester.provider().value())
                .text("ip", requester.issuer())
                .text("su", requester.subject())
                .text("ss", requester.stableSubject())
                .text("pi", requester.projectId())
                .text("pn", requester.projectName())
                .text("ru", requester.run())
                .text("j", requester.job())
                .text("sb", requester.startedBy())
                .text("li", requester.link())
                .time("pt", requester.proofIssued())
                .time("px", requester.proofExpires());
    }

    private static void grant(RecordedGrant grant, Item.Draft draft) {
        draft.text("k", grant.task().value())
                .text("ad", grant.details().text())
                .text("rs", grant.server().value())
                .text("au", grant.audience())
                .number("pv", grant.policy().number())
                .text("ph", grant.policy().hash());
    }

    private static void life(Life life, Item.Draft draft) {
        draft.text("s", life.state().stored())
                .time("i", life.issued())
                .time("x", life.expires())
                .time("ld", life.leaseDeadline());
        life.lease().ifPresent(lease -> draft.number("le", lease.toMillis()));
        if (life.unsigned()) {
            draft.number("us", 1);
        }
    }

    private static void uses(Uses uses, Item.Draft draft) {
        draft.numbers("l", usesLeft(uses)).item("u", new Item(Map.of())).number("n", 0);
        uses.max().ifPresent(max -> draft.number("mu", max));
    }

    /** For sweeping and listing; nothing is ever decided by them. */
    private static void indexes(TokenRecord token, Item.Draft draft) {
        int shard = Math.floorMod(token.jti().proof().hashCode(), SWEEP_SHARDS);
        draft.text("q", Integer.toString(shard))
                .time("d", token.life().leaseDeadline().orElse(token.life().expires()))
                .text("lk", listingKey(token.grant().task(), token.life().issued()));
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
        return last.plus(SKEW).plus(retention).getEpochSecond();
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
                item.text("rh"),
                item.text("tx"));
    }

    private static Requester readRequester(Item item) {
        return new Requester(
                new ProviderName(item.text("p")),
                item.text("ip"),
                item.text("su"),
                item.text("ss"),
                item.optionalText("pi"),
                item.optionalText("pn"),
                item.text("ru"),
                item.optionalText("j"),
                item.optionalText("sb"),
                item.optionalText("li"),
                item.time("pt"),
                item.time("px"));
    }

    private static RecordedGrant readGrant(Item item) {
        return new RecordedGrant(
                new TaskName(item.text("k")),
                GrantedDetails.recorded(item.text("ad")),
                new ServerName(item.text("rs")),
                item.text("au"),
                new PolicyVersion(item.number("pv"), item.text("ph")));
    }

    private static Life readLife(Item item) {
        var lease = item.has("le") ? Optional.of(Duration.ofMillis(item.number("le"))) : Optional.<Duration>empty();
        var state = State.read(item.text("s"));
        return new Life(
                item.time("i"),
                item.time("x"),
                lease,
                lease.map(length -> deadline(item)),
                item.has("us"),
                state,
                state == State.ACTIVE ? Optional.empty() : Optional.of(closure(item)));
    }

    private static Uses readUses(Item item) {
        return new Uses(
                item.has("mu") ? OptionalInt.of(Math.toIntExact(item.number("mu"))) : OptionalInt.empty(),
                item.has("mu") ? counts(item) : List.of(),
                remembered(item),
                item.number("n"));
    }

    /**
     * A renewal adds the lease to the present, in one expression that cannot take a minimum; the minimum is taken here.
     */
    private static Instant deadline(Item item) {
        return Instant.ofEpochMilli(Math.min(item.number("ld"), item.number("x")));
    }

    private static Jti jti(Key key) {
        return Jti.parse(key.pk().substring("R#".length()) + "." + key.sk().substring(Key.TOKENS.length()))
                .orElseThrow(() -> LedgerUnavailable.unreadable("pk or sk"));
    }

    private static List<Integer> counts(Item item) {
        return item.numbers("l").stream().map(Math::toIntExact).toList();
    }

    private static Map<String, RecordedUse> remembered(Item item) {
        var remembered = new LinkedHashMap<String, RecordedUse>();
        var stored = item.item("u");
        stored.attributes().keySet().forEach(key -> remembered.put(key, UseItem.read(stored.item(key))));
        return remembered;
    }

    private static Closure closure(Item item) {
        return new Closure(item.time("ca"), item.text("cb"), Cause.read(item.text("cc")), item.optionalText("ct"));
    }
}

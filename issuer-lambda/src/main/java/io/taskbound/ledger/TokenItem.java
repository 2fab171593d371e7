// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import io.taskbound.policy.PolicyVersion;
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
        caller(token, draft);
        grant(token, draft);
        life(token, draft);
        indexes(token, draft);
        return draft.number("ttl", ttlEpochSeconds(token, retention)).build();
    }

    private static void caller(TokenRecord token, Item.Draft draft) {
        draft.text("p", token.provider().value())
                .text("ip", token.issuerOfProof())
                .text("su", token.subject())
                .text("ss", token.stableSubject())
                .text("pi", token.projectId())
                .text("pn", token.projectName())
                .text("ru", token.run())
                .text("j", token.job())
                .text("sb", token.startedBy())
                .text("li", token.link())
                .time("pt", token.proofIssued())
                .time("px", token.proofExpires());
    }

    private static void grant(TokenRecord token, Item.Draft draft) {
        draft.text("k", token.task().value())
                .text("ad", token.authorizationDetails())
                .text("rs", token.server().value())
                .text("au", token.audience())
                .number("pv", token.policy().number())
                .text("ph", token.policy().hash())
                .text("rh", token.requestHash())
                .text("tx", token.txn());
    }

    private static void life(TokenRecord token, Item.Draft draft) {
        draft.text("s", token.state().stored())
                .time("i", token.issued())
                .time("x", token.expires())
                .time("ld", token.leaseDeadline())
                .numbers("l", usesLeft(token))
                .item("u", new Item(Map.of()))
                .number("n", 0);
        token.lease().ifPresent(lease -> draft.number("le", lease.toMillis()));
        token.maxUses().ifPresent(most -> draft.number("mu", most));
        if (token.unsigned()) {
            draft.number("us", 1);
        }
    }

    /** For sweeping and listing; nothing is ever decided by them. */
    private static void indexes(TokenRecord token, Item.Draft draft) {
        int shard = Math.floorMod(token.jti().proof().hashCode(), SWEEP_SHARDS);
        draft.text("q", Integer.toString(shard))
                .time("d", token.leaseDeadline().orElse(token.expires()))
                .text("lk", listingKey(token.task(), token.issued()));
    }

    /** Under what the tokens of a task lie in the listing index that were issued on the day (UTC) of this instant. */
    static String listingKey(TaskName task, Instant day) {
        return task.value() + "#" + DAY.format(day);
    }

    private static List<Long> usesLeft(TokenRecord token) {
        return token.maxUses().isPresent()
                ? token.usesLeft().stream().map(Integer::longValue).toList()
                : Collections.nCopies(TaskRequest.MAX_PERMISSIONS, UNLIMITED);
    }

    /** When the table may forget: after everything that the record guards against is over, and then for the curious. */
    static long ttlEpochSeconds(TokenRecord token, Duration retention) {
        var last = token.proofExpires().isAfter(token.expires()) ? token.proofExpires() : token.expires();
        return last.plus(SKEW).plus(retention).getEpochSecond();
    }

    /** @throws LedgerUnavailable when the item is not of our layout */
    static TokenRecord read(Item item) {
        try {
            return builder(item).build();
        } catch (IllegalArgumentException | ArithmeticException misfit) {
            throw LedgerUnavailable.unreadable("of a token");
        }
    }

    private static TokenRecordBuilder builder(Item item) {
        var lease = item.has("le") ? Optional.of(Duration.ofMillis(item.number("le"))) : Optional.<Duration>empty();
        var state = State.read(item.text("s"));
        return TokenRecord.builder()
                .jti(jti(item.key()))
                .task(new TaskName(item.text("k")))
                .provider(new ProviderName(item.text("p")))
                .stableSubject(item.text("ss"))
                .projectId(item.optionalText("pi"))
                .projectName(item.optionalText("pn"))
                .issuerOfProof(item.text("ip"))
                .subject(item.text("su"))
                .run(item.text("ru"))
                .job(item.optionalText("j"))
                .startedBy(item.optionalText("sb"))
                .link(item.optionalText("li"))
                .authorizationDetails(item.text("ad"))
                .server(new ServerName(item.text("rs")))
                .audience(item.text("au"))
                .policy(new PolicyVersion(item.number("pv"), item.text("ph")))
                .proofIssued(item.time("pt"))
                .proofExpires(item.time("px"))
                .issued(item.time("i"))
                .expires(item.time("x"))
                .lease(lease)
                .leaseDeadline(lease.map(length -> deadline(item)))
                .maxUses(item.has("mu") ? OptionalInt.of(Math.toIntExact(item.number("mu"))) : OptionalInt.empty())
                .usesLeft(item.has("mu") ? counts(item) : List.of())
                .uses(uses(item))
                .useCount(item.number("n"))
                .requestHash(item.text("rh"))
                .txn(item.text("tx"))
                .unsigned(item.has("us"))
                .state(state)
                .closure(state == State.ACTIVE ? Optional.empty() : Optional.of(closure(item)));
    }

    /** A renewal adds the lease to the present, in one expression that cannot take a minimum; the minimum is taken here. */
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

    private static Map<String, RecordedUse> uses(Item item) {
        var uses = new LinkedHashMap<String, RecordedUse>();
        var remembered = item.item("u");
        remembered.attributes().keySet().forEach(key -> uses.put(key, UseItem.read(remembered.item(key))));
        return uses;
    }

    private static Closure closure(Item item) {
        return new Closure(item.time("ca"), item.text("cb"), Cause.read(item.text("cc")), item.optionalText("ct"));
    }
}

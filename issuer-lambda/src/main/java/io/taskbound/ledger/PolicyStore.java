// SPDX-License-Identifier: Apache-2.0
package io.taskbound.ledger;

import static io.taskbound.ledger.Attributes.POLICY_HASH;
import static io.taskbound.ledger.Attributes.TEXT;
import static io.taskbound.ledger.Attributes.VERSION;

import io.taskbound.digest.Sha256;
import io.taskbound.policy.PolicyVersion;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The published versions of the policy, in the ledger's table. A version is never changed: first its number is claimed,
 * then its text is written, and then the head is moved to it, if the head is still where the publisher saw it. A
 * publisher that dies in between leaves a number that is never used again. Every method may throw
 * {@link LedgerUnavailable}.
 */
public final class PolicyStore {
    private final DynamoTable table;

    public PolicyStore(DynamoTable table) {
        this.table = table;
    }

    /** What the text of a version turned out to be. */
    public sealed interface Text {
        /** Exactly what was published. */
        record Whole(String json) implements Text {}

        /** Parts are missing, or are not what the version's hash says. */
        record Damaged() implements Text {}
    }

    /** The number of the version in force; 0 while none was published. */
    public long head() {
        return Optional.ofNullable(
                        table.get("policy head", List.of(Key.POLICY_HEAD)).get(Key.POLICY_HEAD))
                .map(head -> head.number(VERSION))
                .orElse(0L);
    }

    /** The head, and how far issuers have come: for an issuer, since no other role may read that. */
    public PolicyHead look() {
        var items = table.get("policy head", List.of(Key.POLICY_HEAD, Key.POLICY_SEEN));
        var head = Optional.ofNullable(items.get(Key.POLICY_HEAD));
        return new PolicyHead(
                head.map(item -> item.number(VERSION)).orElse(0L),
                head.flatMap(item -> item.optionalText(POLICY_HASH)),
                Optional.ofNullable(items.get(Key.POLICY_SEEN)).map(PolicyStore::seen));
    }

    private static PolicyVersion seen(Item item) {
        try {
            return new PolicyVersion(item.number(VERSION), item.text(POLICY_HASH));
        } catch (IllegalArgumentException misfit) {
            throw LedgerUnavailable.unreadable("of the newest policy seen");
        }
    }

    /**
     * An issuer puts this version in force: from now on no issuer of this table starts with an older one, whatever the
     * head says. Only the issuer's role may write it; it never moves back.
     *
     * @return false when an issuer has seen a newer version, or another text of this one
     */
    public boolean see(PolicyVersion version) {
        var seen = table.update(Update.of(
                        "policy seen",
                        Key.POLICY_SEEN,
                        "attribute_not_exists(" + VERSION + ") OR " + VERSION + " < :v OR (" + VERSION + " = :v AND "
                                + POLICY_HASH + " = :hash)",
                        "SET " + VERSION + " = :v, " + POLICY_HASH + " = :hash")
                .with(":v", version.number())
                .with(":hash", version.hash()));
        return seen instanceof Update.Outcome.Applied;
    }

    /** Empty when no such version was claimed, or another version's record is in its place. */
    public Optional<PolicyRelease> release(long number) {
        var key = Key.policyRelease(number);
        return Optional.ofNullable(table.get("policy version", List.of(key)).get(key))
                .map(PolicyItem::read)
                .filter(release -> release.version().number() == number);
    }

    public Text text(PolicyRelease release) {
        var keys = keys(release.version().number(), release.parts());
        Map<Key, Item> found = table.get("policy text", keys);
        if (!found.keySet().containsAll(keys)) {
            return new Text.Damaged();
        }
        var parts = keys.stream().map(found::get).map(part -> part.text(TEXT)).toList();
        return PolicyText.joined(parts)
                .map(json -> new String(json, StandardCharsets.UTF_8))
                .filter(json -> Sha256.hex(json).equals(release.version().hash()))
                .<Text>map(Text.Whole::new)
                .orElseGet(Text.Damaged::new);
    }

    /** All claimed versions, newest first; one of them that never became the head was given up by its publisher. */
    public List<PolicyRelease> log() {
        return table.query("policy log", Key.POLICY, Key.POLICY_RELEASES).stream()
                .map(PolicyItem::read)
                .sorted(Comparator.comparingLong(
                                (PolicyRelease release) -> release.version().number())
                        .reversed())
                .toList();
    }

    /**
     * In how many items the text would lie.
     *
     * @throws IllegalArgumentException when it is too large to be published; the message says what to do
     */
    public static int partsOf(String canonicalJson) {
        return PolicyText.parts(canonicalJson.getBytes(StandardCharsets.UTF_8)).size();
    }

    /** Takes the version's number; false when somebody else has it. */
    public boolean claim(PolicyRelease release) {
        var there = table.putIfAbsent("policy claim", PolicyItem.of(release));
        // The SDK repeats a put whose answer was lost; what stands there then may be this very claim.
        return there.map(PolicyItem::read)
                .filter(other -> !other.equals(release))
                .isEmpty();
    }

    /** Writes the text of a version that was claimed. */
    public void write(PolicyRelease claimed, String canonicalJson) {
        var parts = PolicyText.parts(canonicalJson.getBytes(StandardCharsets.UTF_8));
        var keys = keys(claimed.version().number(), claimed.parts());
        IntStream.range(0, parts.size())
                .forEach(part -> table.put(
                        "policy text",
                        Item.draft()
                                .key(keys.get(part))
                                .text(TEXT, parts.get(part))
                                .build()));
    }

    /** Puts the version in force, if the head still names the version that it replaces. */
    public boolean moveHead(PolicyRelease written) {
        long number = written.version().number();
        var move = Update.of(
                        "policy head",
                        Key.POLICY_HEAD,
                        condition(written),
                        "SET " + VERSION + " = :v, " + POLICY_HASH + " = :hash")
                .with(":v", number)
                .with(":hash", written.version().hash());
        var moved = table.update(written.previous() == 0 ? move : move.with(":before", written.previous()));
        return moved instanceof Update.Outcome.Applied;
    }

    /** The head may be there already when the answer of this very move was lost. */
    private static String condition(PolicyRelease written) {
        return (written.previous() == 0 ? "attribute_not_exists(" + VERSION + ")" : VERSION + " = :before") + " OR "
                + VERSION + " = :v";
    }

    private static List<Key> keys(long number, int parts) {
        return IntStream.range(0, parts)
                .mapToObj(part -> Key.policyPart(number, part))
                .toList();
    }
}
